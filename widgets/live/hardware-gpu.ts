/** Names of renderers that are a processor's. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** Whether this page's graphics are computed by a GPU: a processor that plays one is slower than itself. */
export function hasHardwareGpu(): boolean {
  const context = new OffscreenCanvas(1, 1).getContext("webgl2");
  if (context === null) return (navigator as { readonly gpu?: object }).gpu !== undefined;
  const info = context.getExtension("WEBGL_debug_renderer_info");
  const name = context.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER);
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return !SOFTWARE.test(String(name));
}
