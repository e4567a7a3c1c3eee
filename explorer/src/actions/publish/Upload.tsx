import { useState } from "react";
import type { AssetDescription } from "#client/parsing/readUpload.ts";
import { plainText } from "../../format/plainText.ts";
import { attempt, ChoiceField, FileField } from "../Field.tsx";

/** Field for a file that describes an asset, with a choice if it describes several. */
export function Upload({ onRead }: { onRead: (description: AssetDescription) => void }) {
  const [error, setError] = useState<string>();
  const [choices, setChoices] = useState<readonly AssetDescription[]>([]);
  const [choice, setChoice] = useState("");
  const readFile = async (content: string, file: string) => {
    // Loaded when a file is chosen, with the parser of YAML.
    const reader = await import("#client/parsing/readUpload.ts").catch(() => undefined);
    const { value = [], error: fault } = reader
      ? attempt(() => reader.readUpload(content, file))
      : { error: "The code that reads files could not be loaded. Check your connection and choose the file again." };
    setError(fault);
    setChoices(value.length > 1 ? value : []);
    setChoice("");
    if (value.length === 1 && value[0]) onRead(value[0]);
  };
  return (
    <div className="fields">
      <FileField
        label="Fill the form from a file"
        hint="A metadata file (JSON), a model card (Markdown) or a lineage file. It is read in this browser and sent nowhere."
        accept=".json,.md,.markdown,.txt,application/json,text/markdown"
        error={error}
        onFile={(content, name) => void readFile(content, name)}
      />
      {choices.length > 1 && (
        <ChoiceField
          label="Asset in the file"
          value={choice}
          options={[["", "Choose one"], ...choices.map(({ name }, i) => [String(i), plainText(name, 60)] as const)]}
          onChange={(i) => {
            setChoice(i);
            const description = i === "" ? undefined : choices[Number(i)];
            if (description) onRead(description);
          }}
        />
      )}
    </div>
  );
}
