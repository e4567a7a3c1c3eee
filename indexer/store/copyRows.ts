/** The types of the columns that rows are copied into. */
export type ColumnType = "smallint" | "integer" | "bigint" | "numeric" | "boolean" | "text" | "bytea" | "bigint[]";

/** Bytes are `0x…`; undefined is NULL. */
export type Field = string | number | bigint | boolean | undefined | readonly number[];

const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0", "latin1");
const NO_FLAGS_NO_EXTENSION = 8;
const END_OF_ROWS = -1;
const NULL = -1;
const OID_OF_BIGINT = 20;
const FIRST_BYTES = 4_096;
const TWO_TO_32 = 2 ** 32;

/** Rows of one table in the binary format of PostgreSQL's COPY. */
export class CopyRows {
  readonly #types: readonly ColumnType[];
  #bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #length = 0;

  constructor(types: readonly ColumnType[]) {
    this.#types = types;
    this.#length = SIGNATURE.copy(this.#bytes) + NO_FLAGS_NO_EXTENSION;
    this.#bytes.fill(0, SIGNATURE.length, this.#length);
  }

  /** Adds a row: a field for each column. */
  add(fields: readonly Field[]): void {
    this.#smallint(this.#types.length);
    for (let i = 0; i < this.#types.length; i++) this.#field(this.#types[i], fields[i]);
  }

  /** What was added since it was last taken. */
  take(): Buffer<ArrayBuffer> {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#bytes = Buffer.allocUnsafeSlow(this.#bytes.length);
    this.#length = 0;
    return taken;
  }

  /** What was not taken yet, and the end. */
  end(): Buffer<ArrayBuffer> {
    this.#smallint(END_OF_ROWS);
    return this.#bytes.subarray(0, this.#length);
  }

  #field(type: ColumnType | undefined, value: Field): void {
    if (value === undefined) return this.#integer(NULL);
    switch (type) {
      case "smallint":
        this.#integer(2);
        return this.#smallint(Number(value));
      case "integer":
        this.#integer(4);
        return this.#integer(Number(value));
      case "bigint":
        this.#integer(8);
        return this.#bigint(value as number | bigint);
      case "numeric":
        return this.#numeric(String(value));
      case "boolean":
        this.#integer(1);
        this.#reserve(1);
        this.#bytes[this.#length++] = value ? 1 : 0;
        return;
      case "text":
        return this.#text(String(value));
      case "bytea":
        return this.#hex(String(value));
      case "bigint[]":
        return this.#bigints(value as readonly number[]);
    }
  }

  #smallint(value: number): void {
    this.#reserve(2);
    this.#length = this.#bytes.writeInt16BE(value, this.#length);
  }

  #integer(value: number): void {
    this.#reserve(4);
    this.#length = this.#bytes.writeInt32BE(value, this.#length);
  }

  #bigint(value: number | bigint): void {
    this.#reserve(8);
    const number = Number(value);
    if (!Number.isSafeInteger(number)) {
      this.#length = this.#bytes.writeBigInt64BE(BigInt(value), this.#length);
      return;
    }
    const high = Math.floor(number / TWO_TO_32);
    this.#bytes.writeInt32BE(high, this.#length);
    this.#length = this.#bytes.writeUInt32BE(number - high * TWO_TO_32, this.#length + 4);
  }

  /** A natural number: groups of four decimal digits, the highest first, after how many there are. */
  #numeric(digits: string): void {
    const groups = Math.ceil(digits.length / 4);
    this.#integer(8 + 2 * groups);
    this.#smallint(groups);
    this.#smallint(groups - 1); // the power of 10,000 that the first one stands for
    this.#smallint(0); // positive
    this.#smallint(0); // no digits behind the point
    for (let end = digits.length - 4 * (groups - 1); end <= digits.length; end += 4) {
      this.#smallint(Number(digits.slice(Math.max(0, end - 4), end)));
    }
  }

  /** PostgreSQL's text knows neither NUL nor half a surrogate pair; they are left out and replaced. */
  #text(value: string): void {
    const text = value.includes("\0") ? value.replaceAll("\0", "") : value;
    this.#reserve(4 + 3 * text.length);
    const length = this.#bytes.write(text, this.#length + 4);
    this.#integer(length);
    this.#length += length;
  }

  #hex(value: string): void {
    const digits = value.slice("0x".length);
    const length = digits.length / 2;
    this.#integer(length);
    this.#reserve(length);
    this.#length += this.#bytes.write(digits, this.#length, "hex");
  }

  #bigints(values: readonly number[]): void {
    const dimensions = values.length > 0 ? 1 : 0;
    this.#integer(12 + dimensions * 8 + values.length * 12);
    this.#integer(dimensions);
    this.#integer(0); // no NULL among them
    this.#integer(OID_OF_BIGINT);
    if (dimensions === 0) return;
    this.#integer(values.length);
    this.#integer(1); // they are counted from 1
    for (const value of values) {
      this.#integer(8);
      this.#bigint(value);
    }
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#bytes.length));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
