// @ts-check
// Every page of the preview loads this file; it brings in the modules beside it.
import('./connection.js');
