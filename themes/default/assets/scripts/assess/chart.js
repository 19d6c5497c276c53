// @ts-check
// Draws values on the axes of a star that the build made.

{
  const SVG = 'http://www.w3.org/2000/svg';

  /**
   * @param {Element | null} picture
   * @param {{ values: (number | null)[], other: boolean }[]} shapes values from 0 to 1, one for each axis, nothing where nothing is asked;
   *   what lies below first
   */
  const draw = (picture, shapes) => {
    const star = picture?.querySelector('.radar-star');
    if (!star) return;
    star.querySelectorAll('.radar-shape').forEach((shape) => shape.remove());
    const axes = [...star.querySelectorAll('.radar-axis')].map((axis) =>
      ['x1', 'y1', 'x2', 'y2'].map((name) => Number(axis.getAttribute(name))));
    const first = star.querySelector('.radar-number');
    for (const { values, other } of shapes) {
      const places = axes.flatMap(([x1, y1, x2, y2], at) => {
        const value = values[at];
        if (value === null || value === undefined) return [];
        return [{ value, x: Math.round(x1 + (x2 - x1) * value), y: Math.round(y1 + (y2 - y1) * value) }];
      });
      const shape = make('g', { class: `radar-shape${other ? ' radar-other' : ''}` });
      shape.append(make('polygon', { points: places.map(({ x, y }) => `${x},${y}`).join(' ') }));
      for (const { value, x, y } of places) {
        if (value) shape.append(other ? make('rect', { x: x - 5, y: y - 5, width: 10, height: 10 }) : make('circle', { cx: x, cy: y, r: 6 }));
      }
      star.insertBefore(shape, first);
    }
  };

  /** @param {string} name @param {Record<string, string | number>} attributes */
  const make = (name, attributes) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    return element;
  };

  /**
   * A share as a bar.
   * @param {number} share from 0 to 1
   */
  const bar = (share) => {
    const picture = make('svg', { class: 'assess-share', viewBox: '0 0 100 6', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
    picture.append(make('rect', { class: 'assess-share-all', width: 100, height: 6 }), make('rect', { width: Math.round(share * 100), height: 6 }));
    return picture;
  };

  Object.assign(window, { slCharts: { draw, bar } });
}
