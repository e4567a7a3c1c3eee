import { useState } from "react";
import { formatPpm } from "../format/amount.ts";
import { ReleaseLink } from "../parts/links.tsx";
import { Money } from "../parts/figures/Money.tsx";
import { type Direction, type LineageEdge, type Neighbourhood, next, otherEnd } from "./neighbourhood.ts";

interface LineageTreeProps {
  of: Neighbourhood;
  root: number;
  direction: Direction;
  selected: number;
  onSelect: (id: number) => void;
  onExpand: (id: number, direction: Direction) => void;
}

/** So many of a release's neighbours are listed at first. */
const FIRST = 12;

/** The same as the drawing, as a list in a list. What is reached along several ways stands at each of them. */
export function LineageTree(props: LineageTreeProps) {
  const { of, root, direction } = props;
  if (next(of, root, direction).length === 0) {
    return (
      <p className="empty">
        {direction === "up" ? "It names nothing that it was built from." : "Nothing is built on it yet."}
      </p>
    );
  }
  return <Branch {...props} at={root} open={1} />;
}

interface BranchProps extends LineageTreeProps {
  at: number;
  /** How many levels are open at first. */
  open: number;
}

function Branch({ at, open, ...props }: BranchProps) {
  const [shown, setShown] = useState(FIRST);
  const edges = next(props.of, at, props.direction);
  return (
    <ul className="lineage-tree">
      {edges.slice(0, shown).map((edge) => (
        <Twig key={`${edge.from}-${edge.to}`} edge={edge} open={open - 1} {...props} />
      ))}
      {edges.length > shown && (
        <li>
          <button type="button" onClick={() => setShown(shown + 50)}>
            {edges.length - shown} more
          </button>
        </li>
      )}
    </ul>
  );
}

function Twig({ edge, open, ...props }: Omit<BranchProps, "at"> & { edge: LineageEdge }) {
  const { of, direction, selected, onSelect, onExpand } = props;
  const [isOpen, setOpen] = useState(open > 0);
  const id = otherEnd(edge, direction);
  const node = of.nodes.get(id);
  const leaf = of.complete.has(`${direction}-${id}`) && next(of, id, direction).length === 0;
  const toggle = () => {
    if (!isOpen) onExpand(id, direction);
    setOpen(!isOpen);
  };
  return (
    <li>
      <div className={id === selected ? "twig selected" : "twig"} onFocus={() => onSelect(id)}>
        {leaf ? (
          <span className="no-more" aria-hidden="true" />
        ) : (
          <button
            type="button"
            className="fold"
            aria-expanded={isOpen}
            aria-label={`What is beyond #${id}`}
            onClick={toggle}
          >
            {isOpen ? "−" : "+"}
          </button>
        )}
        <span className="what">
          <ReleaseLink id={id} assetName={node?.assetName ?? null} {...(node && { kind: node.kind })} />
        </span>
        <span className="how">
          {formatPpm(edge.weightPpm)}
          {edge.passed && edge.passed.amount !== "0" && (
            <>
              {" · "}
              <Money of={edge.passed} />
            </>
          )}
        </span>
      </div>
      {isOpen && <Branch {...props} at={id} open={open} />}
    </li>
  );
}
