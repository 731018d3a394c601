const SIDE = 1200;

/** Save what is printed as SVG: sharp at any size. */
export function saveSvg(svg: string, name: string): void {
  save(URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" })), `${name}.svg`);
}

/** Save it as PNG, drawn by the browser with its logo. */
export async function savePng(svg: string, name: string): Promise<void> {
  const image = new Image(SIDE, SIDE);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(sized(svg))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  const drawing = canvas.getContext("2d");
  if (!drawing) return;
  drawing.imageSmoothingEnabled = false;
  drawing.drawImage(image, 0, 0, SIDE, SIDE);
  save(canvas.toDataURL("image/png"), `${name}.png`);
}

/** Some browsers draw an SVG only when it says how large it is. */
function sized(svg: string): string {
  return svg.replace("<svg ", `<svg width="${String(SIDE)}" height="${String(SIDE)}" `);
}

function save(address: string, name: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  if (address.startsWith("blob:")) setTimeout(() => { URL.revokeObjectURL(address); }, 1_000);
}
