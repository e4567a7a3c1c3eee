import { type ReactNode, useId } from "react";

interface LabelledProps {
  label: ReactNode;
  hint?: ReactNode;
  /** The reason why the typed text is not valid. */
  error?: string | undefined;
  /** A risk of the typed text, which is valid. */
  warning?: ReactNode;
  /** Makes the field take all the available width. */
  grow?: boolean;
}

interface TextFieldProps extends LabelledProps {
  value: string;
  onChange: (text: string) => void;
  inputMode?: "text" | "decimal" | "numeric" | "url";
  placeholder?: string;
  maxLength?: number;
  lines?: number;
  required?: boolean;
  disabled?: boolean;
}

/** Text field with a label, a hint, and the reason why the typed text is not valid. */
export function TextField({ value, onChange, lines, ...rest }: TextFieldProps) {
  const {
    label,
    hint,
    error,
    warning,
    grow,
    inputMode = "text",
    placeholder,
    maxLength = 2_000,
    required,
    disabled,
  } = rest;
  const id = useId();
  const shared = {
    id,
    value,
    placeholder,
    maxLength,
    required,
    disabled,
    autoComplete: "off",
    spellCheck: inputMode === "text" && lines !== undefined,
    "aria-invalid": error !== undefined,
    "aria-describedby":
      [hint && `${id}-hint`, error && `${id}-error`, warning && `${id}-warning`].filter(Boolean).join(" ") || undefined,
    onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
  };
  return (
    <div className={grow ? "field grow" : "field"}>
      <label htmlFor={id}>{label}</label>
      {lines ? <textarea rows={lines} {...shared} /> : <input type="text" inputMode={inputMode} {...shared} />}
      <FieldHint id={id} hint={hint} error={error} warning={warning} />
    </div>
  );
}

interface ChoiceFieldProps<Value extends string> extends LabelledProps {
  value: Value;
  onChange: (value: Value) => void;
  options: readonly (readonly [Value, string])[];
}

export function ChoiceField<Value extends string>({
  label,
  hint,
  error,
  grow,
  value,
  onChange,
  options,
}: ChoiceFieldProps<Value>) {
  const id = useId();
  return (
    <div className={grow ? "field grow" : "field"}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-invalid={error !== undefined}
        aria-describedby={error ? `${id}-error` : hint ? `${id}-hint` : undefined}
        onChange={({ target }) => onChange(target.value as Value)} // one of the options
      >
        {options.map(([each, name]) => (
          <option key={each} value={each}>
            {name}
          </option>
        ))}
      </select>
      <FieldHint id={id} hint={hint} error={error} />
    </div>
  );
}

interface CheckFieldProps {
  label: ReactNode;
  value: boolean;
  onChange: (value: boolean) => void;
}

export function CheckField({ label, value, onChange }: CheckFieldProps) {
  return (
    <label className="check">
      <input type="checkbox" checked={value} onChange={({ target }) => onChange(target.checked)} />
      {label}
    </label>
  );
}

interface FileFieldProps extends LabelledProps {
  accept: string;
  onFile: (text: string, name: string) => void;
}

const LARGEST_FILE = 5_000_000;

export function FileField({ label, hint, error, accept, onFile }: FileFieldProps) {
  const id = useId();
  const readFile = async (input: HTMLInputElement) => {
    const file = input.files?.[0];
    if (!file) return;
    onFile(file.size > LARGEST_FILE ? "" : await file.text(), file.name);
    // Lets the reader choose the same file again after correcting it.
    input.value = "";
  };
  return (
    <div className="field grow">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="file"
        accept={accept}
        aria-invalid={error !== undefined}
        aria-describedby={[hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined}
        onChange={({ target }) => void readFile(target)}
      />
      <FieldHint id={id} hint={hint} error={error} />
    </div>
  );
}

interface FieldHintProps {
  id: string;
  hint: ReactNode;
  error: string | undefined;
  warning?: ReactNode;
}

function FieldHint({ id, hint, error, warning }: FieldHintProps) {
  return (
    <>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {warning && (
        <div className="warning" id={`${id}-warning`} role="status">
          {warning}
        </div>
      )}
    </>
  );
}

/** Parses a text, or returns the reason why it is not valid. An empty text has neither a value nor an error. */
export function read<T>(text: string, parse: (text: string) => T): { value?: T; error?: string } {
  return text.trim() === "" ? {} : attempt(() => parse(text.trim()));
}

/** Returns the value of `work`, or the reason why it failed. */
export function attempt<T>(work: () => T): { value?: T; error?: string } {
  try {
    return { value: work() };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
