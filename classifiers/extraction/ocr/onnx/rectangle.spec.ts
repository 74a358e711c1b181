import { grown, hullOf, smallestRectangle } from './rectangle';
import { quadOf } from './strip';

/** The cells of a bar of 200 by 20, turned about its middle. */
function aBar(degrees: number): { x: number; y: number }[] {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return Array.from({ length: 201 * 21 }, (_, i) => {
    const [x, y] = [(i % 201) - 100, Math.floor(i / 201) - 10];
    return { x: 300 + x * cos - y * sin, y: 200 + x * sin + y * cos };
  });
}

describe('the smallest rectangle around points', () => {
  it.each([0, 7, 30, -20, 44])('finds a bar turned by %i degrees', (degrees) => {
    const found = smallestRectangle(aBar(degrees));
    expect(found.width).toBeCloseTo(200, 1);
    expect(found.height).toBeCloseTo(20, 1);
    expect((found.angle * 180) / Math.PI).toBeCloseTo(degrees, 1);
  });

  it('calls an upright bar higher than wide, so that it is read as a column', () => {
    const found = smallestRectangle(aBar(90));
    expect(found.height).toBeGreaterThan(found.width * 5);
  });

  it('survives one point and points on one line', () => {
    expect(smallestRectangle([{ x: 3, y: 4 }])).toMatchObject({ width: 0, height: 0 });
    expect(hullOf([{ x: 1, y: 1 }])).toHaveLength(1);
    const line = Array.from({ length: 5 }, (_, i) => ({ x: i, y: i }));
    const { width, height } = smallestRectangle(line);
    expect(Math.min(width, height)).toBeCloseTo(0, 6);
  });

  it('grows on every side', () => {
    expect(grown(smallestRectangle(aBar(0)), 5)).toMatchObject({ width: 210, height: 30 });
  });
});

describe('the corners of a turned strip', () => {
  it('begin at the top of a column read downwards and at its foot read upwards', () => {
    const column = { centre: { x: 50, y: 100 }, width: 20, height: 160, angle: 0 };
    expect(quadOf(column, 90)[0]).toEqual([60, 20]);
    expect(quadOf(column, 270)[0]).toEqual([40, 180]);
  });
});
