/** Where printed text goes. */
export type StreamSink = (name: "stdout" | "stderr", text: string) => void;

/** Sends what this process prints to `sink` from now on; the terminal or log sees nothing of it. */
export function redirectStreams(sink: StreamSink): void {
  for (const name of ["stdout", "stderr"] as const) {
    const decoder = new TextDecoder();
    process[name].write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      const encoding = rest[0] as BufferEncoding | undefined;
      const bytes =
        typeof chunk === "string" && typeof encoding === "string" && encoding !== "utf8"
          ? Buffer.from(chunk, encoding)
          : chunk;
      const text = typeof bytes === "string" ? bytes : decoder.decode(bytes, { stream: true });
      if (text !== "") sink(name, text);
      const done = rest.find((argument) => typeof argument === "function");
      if (done !== undefined) process.nextTick(done as () => void);
      return true;
    };
  }
}
