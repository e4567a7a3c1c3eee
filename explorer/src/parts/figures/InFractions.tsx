import type { Amount } from "../../api/client.ts";
import { Detail, Fact } from "./Facts.tsx";
import { Money } from "./Money.tsx";

/** The part of fees that rounding leaves in fractions. It is negative if the fees completed fractions of earlier fees. */
export function InFractions({ of }: { of: Amount }) {
  return (
    <Fact name="In fractions">
      <Money of={of} />{" "}
      {of.amount !== "0" && (
        <Detail>
          {of.amount.startsWith("-") ? "completes fractions of earlier fees" : "passed on with later fees"}
        </Detail>
      )}
    </Fact>
  );
}
