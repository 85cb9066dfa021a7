/** To draw on a canvas of this size in CSS pixels, with every pixel of the screen; what was drawn before is gone. */
export function sharpContext(
  canvas: HTMLCanvasElement | null,
  width: number,
  height: number,
): CanvasRenderingContext2D | undefined {
  const context = canvas?.getContext("2d");
  if (!canvas || !context) return undefined;
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  context.scale(devicePixelRatio, devicePixelRatio);
  return context;
}
