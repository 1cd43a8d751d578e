const ESM = `export default {
  render({ model, el }) {
    const text = (name) => {
      const line = document.createElement("div");
      line.className = name;
      el.append(line);
      return line;
    };
    const [sum, message] = [text("sum"), text("message")];
    const button = document.createElement("button");
    button.className = "send-back";
    button.textContent = "send back";
    el.append(button);
    const show = () => {
      const data = model.get("data");
      const numbers = new Float32Array(data.buffer, data.byteOffset, data.byteLength / 4);
      sum.textContent = numbers.length + " numbers, the last is " + numbers[numbers.length - 1];
    };
    show();
    model.on("change:data", show);
    model.on("msg:custom", (content, buffers) => {
      message.textContent = content.text + " with " + buffers[0].getUint8(1);
    });
    button.onclick = () => {
      model.set("back", new Float32Array(2 * 1024 * 1024).fill(1.5));
      model.save_changes();
      model.send({ text: "from the page" }, undefined, [new Uint8Array([5, 6]).buffer]);
    };
  },
};`;

/** Cells with widgets of every way to speak to the page. */
export const WIDGET_CELLS: readonly string[] = [
  'import { anywidget, Button, HBox, IntSlider, interact, jslink, Label, Output, IntProgress } from "cakelab/widgets";',
  `const slider = new IntSlider({ value: 5, description: "steps" });
const label = new Label({ value: "not moved" });
slider.observe(({ new: value }) => { label.value = "kernel has " + value; }, "value");
const bar = new IntProgress({ value: 5, max: 100 });
jslink([slider, "value"], [bar, "value"]);
new HBox([slider, label, bar])`,
  `const big = anywidget({
  esm: ${JSON.stringify(ESM)},
  state: { data: new Float32Array(4 * 1024 * 1024).fill(0.25), back: new Float32Array(0) },
});
const heard = new Label({ value: "nothing came back" });
big.observe(({ new: back }) => {
  heard.value = back.constructor.name + " of " + back.byteLength + " bytes, the last " + back.at(-1);
}, "back");
big.onMsg(({ content, buffers }) => {
  big.send({ text: "got " + content.text }, [new Uint8Array([0, buffers[0]![1]! + 1])]);
});
big`,
  "heard",
  `const output = new Output();
const button = new Button({ description: "print" });
button.onClick(output.capture(() => console.log("clicked")));
new HBox([button, output])`,
  `interact(({ x }) => "the square is " + x * x, { x: [0, 20] });`,
  "slider.value = 40;",
];
