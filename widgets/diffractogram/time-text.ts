/** A time of day with its hundredths of a second, in the reader's time zone. */
export function timeText(timestamp: number): string {
  const date = new Date(1000 * timestamp);
  if (Number.isNaN(date.getTime())) return "time unknown";
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const seconds = `${two(date.getSeconds())}.${two(Math.floor(date.getMilliseconds() / 10))}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${seconds}`;
}
