import { formatGwei } from "viem";
import { type FeeRules, feeRulesOf } from "#protocol/networks/fees.ts";
import { UserError } from "#protocol/userError.ts";
import type { FeeChoice } from "./feeOptions.ts";
import type { Underpriced } from "./underpriced.ts";

/** The price that a transaction offers for its gas. */
export type Offer = { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint } | { gasPrice: bigint };

export interface GasPrice {
  /** Current price of one unit of gas, in wei. */
  now: bigint;
  /** Highest price of one unit of gas that the transaction may pay, in wei. */
  most: bigint;
  offer: Offer;
  /** Sentences for people about an offer that differs from what the node suggests. */
  notes?: readonly string[];
}

/** Answers of a node about prices, in wei for one unit of gas. */
export interface Market {
  /** Base fee of the newest block; null on a chain without EIP-1559. */
  baseFeePerGas: bigint | null;
  /** Suggested tip; on a chain without EIP-1559, the suggested price. */
  suggested: bigint;
}

/** The tip that is offered at most if nothing is known of a chain: a single answer may be wrong by any factor. */
const MOST_TIP = 1_000_000_000_000n;
/** The same for the whole price on a chain without EIP-1559. */
const MOST_GAS_PRICE = 20n * MOST_TIP;
/** A refusal may raise the whole price this many times at most. */
const MOST_FACTOR = 10n;
const GWEI = 1_000_000_000n;

export const gweiText = (wei: bigint) => `${formatGwei(wei)} gwei`;

/**
 * Decides what a transaction offers: the person's choice, otherwise the node's suggestion between the network's least and
 * highest tip, with room for the base fee to double.
 *
 * @throws {UserError} if the choice contradicts itself, the network's rule or the current base fee.
 */
export function priceOf(market: Market, rules: FeeRules, choice: FeeChoice = {}): GasPrice {
  return market.baseFeePerGas === null
    ? legacyPrice(market.suggested, rules, choice)
    : dynamicPrice(market.suggested, market.baseFeePerGas, rules, choice);
}

function dynamicPrice(suggested: bigint, base: bigint, rules: FeeRules, { tip: chosen, maxFee }: FeeChoice): GasPrice {
  const { title, leastTip } = rules;
  if (chosen !== undefined && chosen < leastTip)
    throw new UserError(
      `--tip ${gweiText(chosen)} is too low: ${title} takes no tip below ${gweiText(leastTip)}. Give --tip ${formatGwei(leastTip)} or more, or leave it out.`,
    );
  if (maxFee !== undefined && maxFee < (chosen ?? leastTip))
    throw new UserError(
      chosen === undefined
        ? `--max-fee ${gweiText(maxFee)} is too low: ${title} takes no tip below ${gweiText(leastTip)}. Give a higher --max-fee, or leave it out.`
        : `--tip ${gweiText(chosen)} is more than --max-fee ${gweiText(maxFee)}, which includes it. Lower --tip or raise --max-fee.`,
    );
  if (maxFee !== undefined && maxFee < base)
    throw new UserError(
      `The network asks for ${gweiText(base)} for a unit of gas at the moment, more than --max-fee ${gweiText(maxFee)}. Wait until the price falls, or raise --max-fee.`,
    );
  const { price: wanted, notes } = bounded(suggested, chosen, rules, "tip", rules.mostTip ?? MOST_TIP);
  const tip = maxFee === undefined || wanted < maxFee ? wanted : maxFee;
  const most = maxFee ?? 2n * base + tip;
  const now = base + tip < most ? base + tip : most;
  return { now, most, offer: { maxFeePerGas: most, maxPriorityFeePerGas: tip }, ...notes };
}

function legacyPrice(suggested: bigint, rules: FeeRules, { tip, maxFee }: FeeChoice): GasPrice {
  if (tip !== undefined)
    throw new UserError("This chain has no tips, because it lacks EIP-1559. Give the price with --max-fee instead.");
  if (maxFee !== undefined && maxFee < rules.leastTip)
    throw new UserError(
      `--max-fee ${gweiText(maxFee)} is too low: ${rules.title} takes nothing below ${gweiText(rules.leastTip)}. Give a higher --max-fee, or leave it out.`,
    );
  const { price, notes } = bounded(suggested, undefined, rules, "price", MOST_GAS_PRICE);
  const gasPrice = maxFee === undefined || price < maxFee ? price : maxFee;
  return { now: gasPrice, most: gasPrice, offer: { gasPrice }, ...notes };
}

/** Returns the choice, or the suggestion between the network's bounds, with a note if it was moved. */
function bounded(suggested: bigint, chosen: bigint | undefined, rules: FeeRules, name: "tip" | "price", most: bigint) {
  const { title, leastTip } = rules;
  if (chosen !== undefined) return { price: chosen, notes: {} };
  const suggests = `The node suggests a ${name} of ${gweiText(suggested)}`;
  if (suggested < leastTip) {
    const note = `${suggests}, but ${title} takes nothing below ${gweiText(leastTip)}: ${gweiText(leastTip)} is offered.`;
    return { price: leastTip, notes: { notes: [note] } };
  }
  if (suggested > most) {
    const option = name === "tip" ? "--tip" : "--max-fee";
    const note = `${suggests}, far above what is usual. ${gweiText(most)} is offered. ${option} sets another ${name}.`;
    return { price: most, notes: { notes: [note] } };
  }
  return { price: suggested, notes: {} };
}

/**
 * Returns the price that a node's refusal of a lower one asks for.
 *
 * @throws {UserError} if that is more than the person's choice or the network's highest price allows.
 */
export function raisedPrice(price: GasPrice, refusal: Underpriced, rules: FeeRules, choice: FeeChoice = {}): GasPrice {
  return "gasPrice" in price.offer
    ? raisedLegacy(price.offer.gasPrice, refusal, choice)
    : raisedDynamic(price, refusal, price.offer.maxPriorityFeePerGas, rules, choice);
}

function raisedLegacy(gasPrice: bigint, { least, replaces }: Underpriced, { maxFee }: FeeChoice): GasPrice {
  const raised = replaces ? increased(gasPrice) : least !== undefined && least > gasPrice ? least : doubled(gasPrice);
  const most = maxFee ?? MOST_GAS_PRICE;
  if (raised > most) throw tooDear(raised, maxFee === undefined ? undefined : "--max-fee", most, "--max-fee");
  const note = `The node refused a price of ${gweiText(gasPrice)}. ${gweiText(raised)} is offered instead.`;
  return { now: raised, most: raised, offer: { gasPrice: raised }, notes: [note] };
}

function raisedDynamic(price: GasPrice, refusal: Underpriced, tip: bigint, rules: FeeRules, choice: FeeChoice) {
  const { least, of, replaces } = refusal;
  const { most } = price;
  if (replaces) return withTip(price, increased(tip), increased(most), rules, choice);
  if (of === "baseFee" && least !== undefined) return withFee(price, 2n * least + tip, tip, choice);
  // A least price that is not said to be the tip's is first taken for the whole price.
  if (of === "price" && least !== undefined && least > most) return withFee(price, least, tip, choice);
  if (of === "baseFee") return withFee(price, 2n * most, tip, choice);
  const wanted = least !== undefined && least > tip ? least : doubled(tip);
  return withTip(price, wanted, most + wanted - tip, rules, choice);
}

function withTip(price: GasPrice, tip: bigint, most: bigint, rules: FeeRules, choice: FeeChoice): GasPrice {
  const { offer } = price;
  const before = "gasPrice" in offer ? offer.gasPrice : offer.maxPriorityFeePerGas;
  if (choice.tip !== undefined && tip > choice.tip) throw tooDear(tip, "--tip", choice.tip, "--tip");
  if (choice.maxFee !== undefined && tip > choice.maxFee) throw tooDear(tip, "--max-fee", choice.maxFee, "--max-fee");
  const highest = rules.mostTip ?? MOST_TIP;
  if (choice.tip === undefined && tip > highest) throw tooDear(tip, undefined, highest, "--tip");
  const maxFeePerGas = choice.maxFee ?? most;
  const now = price.now + tip - before;
  return {
    now: now < maxFeePerGas ? now : maxFeePerGas,
    most: maxFeePerGas,
    offer: { maxFeePerGas, maxPriorityFeePerGas: tip },
    notes: [`The node refused a tip of ${gweiText(before)}. ${gweiText(tip)} is offered instead.`],
  };
}

function withFee(price: GasPrice, most: bigint, tip: bigint, { maxFee }: FeeChoice): GasPrice {
  if (maxFee !== undefined) throw tooDear(most, "--max-fee", maxFee, "--max-fee");
  if (most > MOST_FACTOR * price.most) throw tooDear(most, undefined, MOST_FACTOR * price.most, "--max-fee");
  const note = `The node refused a price of at most ${gweiText(price.most)}. At most ${gweiText(most)} is offered instead.`;
  const now = price.now > most / 2n ? price.now : most / 2n;
  return { now, most, offer: { maxFeePerGas: most, maxPriorityFeePerGas: tip }, notes: [note] };
}

/** A replacement must offer an eighth more on some nodes; a tip of nothing becomes 1 gwei. */
const increased = (wei: bigint) => (wei * 9n) / 8n + 1n;
const doubled = (wei: bigint) => (wei > GWEI / 2n ? 2n * wei : GWEI);

function tooDear(wanted: bigint, bound: "--tip" | "--max-fee" | undefined, most: bigint, option: string): UserError {
  const asks = `The node takes nothing below ${gweiText(wanted)} for a unit of gas`;
  return new UserError(
    bound === undefined
      ? `${asks}, far above what is usual (${gweiText(most)}), so nothing was sent. Check the endpoint. If the price is right, give ${option} ${formatGwei(wanted)}.`
      : `${asks}, more than ${bound} ${gweiText(most)} allows, so nothing was sent. Raise ${bound}, or leave it out.`,
  );
}

function raisedToReplace(current: GasPrice, pending: GasPrice): GasPrice {
  const higher = (one: bigint, other: bigint) => (one > other ? one : other);
  const { offer } = current;
  if ("gasPrice" in offer || "gasPrice" in pending.offer) {
    const gasPrice = higher(current.most, increased(pending.most));
    return { ...current, now: gasPrice, most: gasPrice, offer: { gasPrice } };
  }
  const tip = higher(offer.maxPriorityFeePerGas, increased(pending.offer.maxPriorityFeePerGas));
  const most = higher(current.most, increased(pending.most));
  return { ...current, most, offer: { maxFeePerGas: most, maxPriorityFeePerGas: tip } };
}

/** A price at the time of sending, and what it is compared with what a person agreed to. */
export interface AgreedPrice {
  price: GasPrice;
  /** True if the transaction may cost more than the person agreed to. */
  exceeds: boolean;
}

/**
 * Keeps a price within what a person agreed to, as long as the transaction would still be mined in the next blocks. The
 * base fee may rise by an eighth from block to block.
 */
export function withinAgreed(price: GasPrice, agreed: GasPrice | undefined): AgreedPrice {
  if (agreed === undefined || price.most <= agreed.most) return { price, exceeds: false };
  const { offer } = price;
  if ("gasPrice" in offer) return { price, exceeds: true };
  const soon = price.now + (price.now - offer.maxPriorityFeePerGas) / 4n;
  if (soon > agreed.most) return { price, exceeds: true };
  return { price: { ...price, most: agreed.most, offer: { ...offer, maxFeePerGas: agreed.most } }, exceeds: false };
}

/**
 * Prices of one chain: the network's rules, the person's choice, and the least prices that refusals of its nodes have named.
 */
export class Prices {
  readonly choice: FeeChoice;
  #rules: FeeRules;

  constructor(chainId?: number, choice: FeeChoice = {}) {
    this.choice = choice;
    this.#rules = feeRulesOf(chainId);
  }

  of(market: Market): GasPrice {
    return priceOf(market, this.#rules, this.choice);
  }

  /**
   * Returns a price that is high enough to replace a pending transaction.
   *
   * @throws {UserError} if that is more than the choice or the network's highest price allows.
   */
  replacing(current: GasPrice, pending: GasPrice): GasPrice {
    const price = raisedToReplace(current, pending);
    const { tip: mostTip = this.#rules.mostTip ?? MOST_TIP, maxFee } = this.choice;
    const tip = "gasPrice" in price.offer ? 0n : price.offer.maxPriorityFeePerGas;
    if (tip > mostTip) throw tooDear(tip, this.choice.tip === undefined ? undefined : "--tip", mostTip, "--tip");
    if (maxFee !== undefined && price.most > maxFee) throw tooDear(price.most, "--max-fee", maxFee, "--max-fee");
    return price;
  }

  /**
   * Returns the price that a refusal asks for. A tip that it names is the least from now on.
   *
   * @throws {UserError} if that is more than the choice or the network's highest price allows.
   */
  raised(price: GasPrice, refusal: Underpriced): GasPrice {
    const raised = raisedPrice(price, refusal, this.#rules, this.choice);
    const { offer } = raised;
    const tip = "gasPrice" in offer ? offer.gasPrice : offer.maxPriorityFeePerGas;
    if (!refusal.replaces && refusal.of !== "baseFee" && tip > this.#rules.leastTip)
      this.#rules = { ...this.#rules, leastTip: tip };
    return raised;
  }
}
