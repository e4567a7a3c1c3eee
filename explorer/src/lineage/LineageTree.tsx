import { useState } from "react";
import { formatPpm } from "../format/amount.ts";
import { ReleaseLink } from "../parts/links.tsx";
import { Money } from "../parts/figures/Money.tsx";
import { type Direction, type LineageEdge, neighbourEdges, type Neighbourhood, otherEnd } from "./neighbourhood.ts";

interface LineageTreeProps {
  neighbourhood: Neighbourhood;
  rootId: number;
  direction: Direction;
  selectedId: number;
  onSelect: (id: number) => void;
  onExpand: (id: number, direction: Direction) => void;
}

/** Number of neighbours of a release that are listed at first, and that each press of the button adds. */
const FIRST = 12;
const MORE = 50;

/** The drawing as a tree of lists. A release with several paths to it is listed at the end of each path. */
export function LineageTree(props: LineageTreeProps) {
  const { neighbourhood, rootId, direction } = props;
  if (neighbourEdges(neighbourhood, rootId, direction).length === 0) {
    return (
      <p className="empty">
        {direction === "up" ? "This release was built from no other." : "No release is built on it yet."}
      </p>
    );
  }
  return <Branch {...props} id={rootId} openLevels={1} />;
}

interface BranchProps extends LineageTreeProps {
  /** The release at the root of the branch. */
  id: number;
  /** Number of levels that are open at first. */
  openLevels: number;
}

function Branch({ id, openLevels, ...props }: BranchProps) {
  const [count, setCount] = useState(FIRST);
  const edges = neighbourEdges(props.neighbourhood, id, props.direction);
  return (
    <ul className="lineage-tree">
      {edges.slice(0, count).map((edge) => (
        <Twig key={`${edge.from}-${edge.to}`} edge={edge} openLevels={openLevels - 1} {...props} />
      ))}
      {edges.length > count && (
        <li>
          <button type="button" onClick={() => setCount(count + MORE)}>
            Show more ({edges.length - count} left)
          </button>
        </li>
      )}
    </ul>
  );
}

function Twig({ edge, openLevels, ...props }: Omit<BranchProps, "id"> & { edge: LineageEdge }) {
  const { neighbourhood, direction, selectedId, onSelect, onExpand } = props;
  const [isOpen, setOpen] = useState(openLevels > 0);
  const id = otherEnd(edge, direction);
  const node = neighbourhood.nodes.get(id);
  const isLeaf =
    neighbourhood.complete.has(`${direction}-${id}`) && neighbourEdges(neighbourhood, id, direction).length === 0;
  const toggle = () => {
    if (!isOpen) onExpand(id, direction);
    setOpen(!isOpen);
  };
  return (
    <li>
      <div className={id === selectedId ? "twig selected" : "twig"} onFocus={() => onSelect(id)}>
        {isLeaf ? (
          <span className="no-more" aria-hidden="true" />
        ) : (
          <button
            type="button"
            className="fold"
            aria-expanded={isOpen}
            aria-label={`Neighbours of #${id}`}
            onClick={toggle}
          >
            {isOpen ? "−" : "+"}
          </button>
        )}
        <span>
          <ReleaseLink id={id} assetName={node?.assetName ?? null} {...(node && { kind: node.kind })} />
        </span>
        <span className="edge-figures">
          {formatPpm(edge.weightPpm)}
          {edge.passed && edge.passed.amount !== "0" && (
            <>
              {" · "}
              <Money of={edge.passed} />
            </>
          )}
        </span>
      </div>
      {isOpen && <Branch {...props} id={id} openLevels={openLevels} />}
    </li>
  );
}
