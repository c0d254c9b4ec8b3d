/** A square part of a picture: its centre, in shares of width and height, and how many times it is enlarged. */
export type Crop = { x: number; y: number; zoom: number };
export type Size = { width: number; height: number };

export const ZOOM_MAX = 8;
/** Smaller pieces would only be blurred. */
const SIDE_MIN = 96;

const within = (value: number, least: number, most: number) => Math.min(Math.max(value, least), Math.max(least, most));

/** The most that this picture can be enlarged. */
export const mostZoom = (size: Size): number => within(Math.min(size.width, size.height) / SIDE_MIN, 1, ZOOM_MAX);

/** Side of the part, in pixels of the picture. */
export const cropSide = (crop: Crop, size: Size): number => Math.min(size.width, size.height) / crop.zoom;

/** The same part, moved and enlarged so that it lies within the picture. */
export function fitted(crop: Crop, size: Size): Crop {
  const zoom = within(crop.zoom, 1, mostZoom(size));
  const half = cropSide({ ...crop, zoom }, size) / 2;
  const [across, down] = [half / size.width, half / size.height];
  return { zoom, x: within(crop.x, across, 1 - across), y: within(crop.y, down, 1 - down) };
}

/** Moves the picture under a window of `view` pixels by this many of them. */
export function dragged(crop: Crop, size: Size, by: { x: number; y: number; view: number }): Crop {
  const scale = cropSide(crop, size) / by.view;
  return fitted({ ...crop, x: crop.x - (by.x * scale) / size.width, y: crop.y - (by.y * scale) / size.height }, size);
}

/** Enlarges around a point of the window, in shares of it from its middle (-0.5 to 0.5): that point stays where it is. */
export function zoomed(crop: Crop, size: Size, to: { zoom: number; x?: number; y?: number }): Crop {
  const zoom = within(to.zoom, 1, mostZoom(size));
  const gained = cropSide(crop, size) - cropSide({ ...crop, zoom }, size);
  const { x = 0, y = 0 } = to;
  return fitted({ zoom, x: crop.x + (x * gained) / size.width, y: crop.y + (y * gained) / size.height }, size);
}

/** The part in pixels of the picture. */
export function cropBox(crop: Crop, size: Size): { left: number; top: number; side: number } {
  const side = cropSide(crop, size);
  return { left: crop.x * size.width - side / 2, top: crop.y * size.height - side / 2, side };
}
