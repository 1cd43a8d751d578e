// The viewer h5web in a page: `show` opens a file as a user would, `plotted` says what h5web draws.
import { App, useDataContext } from "@h5web/app";
import { H5WasmBufferProvider } from "@h5web/h5wasm";
import bitshuffle from "h5wasm-plugins/plugins/libH5Zbshuf.so";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

let root;
let stores;
let plot;

function Stores() {
  stores = useDataContext();
  return null;
}

/** h5web asks what it may export of each plot that it draws, and offers a line's columns as text. */
function getExportURL(_format, dataset, selection, toText) {
  plot = { dataset, selection, toText: toText ?? plot?.toText };
  return undefined;
}

const readBitshuffle = async (name) => (name === "bshuf" ? bitshuffle.slice().buffer : undefined);

/** Opens the bytes of a file. */
export function show(filename, bytes) {
  root?.unmount();
  plot = undefined;
  const place = document.createElement("div");
  place.style.height = "100vh";
  document.body.replaceChildren(place);
  root = createRoot(place);
  const buffer = Uint8Array.from(bytes).buffer;
  const file = { filename, buffer, getExportURL, getPlugin: readBitshuffle };
  root.render(
    createElement(
      H5WasmBufferProvider,
      file,
      createElement(Stores),
      createElement(App, { propagateErrors: true }),
    ),
  );
}

/** The dataset of the present plot with the values that were read of it; undefined before one. */
export function plotted() {
  if (plot === undefined) return undefined;
  const { dataset, selection, toText } = plot;
  const values = present(() => stores.valuesStore.get({ dataset, selection }));
  if (values === undefined) return undefined;
  return {
    path: dataset.path,
    shape: dataset.shape,
    selection,
    values: Array.from(values),
    text: toText?.(),
  };
}

/** What a store of h5web has; undefined where it throws a promise, still reading. */
function present(get) {
  try {
    return get();
  } catch (thrown) {
    if (thrown instanceof Promise) return undefined;
    throw thrown;
  }
}
