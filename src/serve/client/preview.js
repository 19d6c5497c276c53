// @ts-check
// The entry point, which every page of the preview loads as a classic script; it imports the modules.
import('./connection.js');
