import { expect } from "chai";
import { hashTypedData, parseSignature, zeroHash } from "viem";
import { getEip712Domain } from "viem/actions";
import {
  grantTypes,
  permit2Domain,
  permit2FeeTypes,
  permitTypes,
  receiveWithAuthorizationTypes,
  registryDomain,
} from "#protocol/typedData.ts";
import { startWalletChain, type WalletChain } from "./localWallets.ts";

const FEE = 1_000_000n;
const REF = `0x${"ab".repeat(32)}` as const;
const LATER = 4_000_000_000n;
const WHOLE = 100_000_000n;

describe("What people sign", function () {
  this.timeout(60_000);
  let chain: WalletChain;
  before(async () => {
    chain = await startWalletChain();
    const { registry, currency } = chain.contracts;
    const owner = chain.person(1);
    const asset = {
      kind: 0,
      keep: 0,
      metadata: "{}",
      allocations: [{ account: owner.address, role: 0, shares: WHOLE }],
    };
    const release = { contributions: [], floor: 0, byGrant: true, label: "1", digest: zeroHash, uri: "" };
    await owner.send({ ...registry, functionName: "register", args: [owner.address, asset, release] });
    await owner.send({ ...currency, functionName: "mint", args: [chain.person(2).address, 100n * FEE] });
  });
  after(() => chain?.stop());

  /** Reads a currency's own domain. Leaves out the salt, which `fields` marks as absent. */
  const domainOfCurrency = async () => {
    const { domain } = await getEip712Domain(chain.reader, { address: chain.contracts.currency.address });
    const { name, version, chainId, verifyingContract } = domain;
    return { name, version, chainId, verifyingContract };
  };

  /** Reads the fee that a transaction paid. */
  const lastFee = async (receipt: Awaited<ReturnType<ReturnType<WalletChain["person"]>["send"]>>) =>
    chain.events(receipt, chain.contracts.ledger, "FeePaid")[0];

  it("names the registry's domain as the registry itself does (ERC-5267)", async () => {
    const { address } = chain.contracts.registry;
    const { domain, fields, extensions } = await getEip712Domain(chain.reader, { address });
    expect({ ...domain, fields, extensions }).to.deep.equal({
      ...registryDomain(chain.chainId, address),
      salt: zeroHash,
      fields: "0x0f",
      extensions: [],
    });
  });

  it("a grant, which lets its account build on the release once", async () => {
    const { registry } = chain.contracts;
    const builder = chain.person(3);
    const message = { release: 1, account: builder.address, asset: 0, nonce: 5n, deadline: LATER };
    const typed = {
      domain: registryDomain(chain.chainId, registry.address),
      types: grantTypes,
      primaryType: "Grant",
      message,
    } as const;
    expect(hashTypedData(typed)).to.equal(await chain.read(registry, "grantDigest", message));

    const signature = await chain.clientOf(1).signTypedData(typed);
    const allocations = [{ account: builder.address, role: 0, shares: WHOLE }];
    const asset = { kind: 1, keep: 0, metadata: "{}", allocations };
    const contributions = [{ release: 1, weight: 10_000 }];
    const release = { contributions, floor: 0, byGrant: false, label: "1", digest: zeroHash, uri: "" };
    const call = {
      ...registry,
      functionName: "registerWithGrants",
      args: [builder.address, asset, release, [{ grant: message, signature }]],
    };
    expect(chain.events(await builder.send(call), registry, "GrantSpent")).to.have.length(1);
  });

  it("a fee through Permit2, with its release and reference as fields", async () => {
    const { currency, permit2, signedPayments } = chain.contracts;
    const payer = chain.person(2);
    await payer.send({ ...currency, functionName: "approve", args: [permit2, FEE] });
    const fee = { payer: payer.address, release: 1, ref: REF };
    const signature = await chain.clientOf(2).signTypedData({
      domain: permit2Domain(chain.chainId, permit2),
      types: permit2FeeTypes,
      primaryType: "PermitWitnessTransferFrom",
      message: {
        permitted: { token: currency.address, amount: FEE },
        spender: signedPayments.address,
        nonce: 1n,
        deadline: LATER,
        witness: fee,
      },
    });
    const payment = { ...fee, currency: currency.address, amount: FEE, nonce: 1n, deadline: LATER };
    const call = { ...signedPayments, functionName: "payWithPermit2", args: [payment, signature] };
    expect(await lastFee(await chain.person(4).send(call))).to.include({ payer: payer.address, amount: FEE, ref: REF });
  });

  it("a fee by ERC-3009, whose nonce binds release and reference", async () => {
    const { currency, signedPayments } = chain.contracts;
    const payer = chain.person(2);
    const payment = {
      payer: payer.address,
      release: 1,
      currency: currency.address,
      amount: FEE,
      ref: REF,
      salt: 9n,
      validAfter: 0n,
      validBefore: LATER,
    };
    const signature = await chain.clientOf(2).signTypedData({
      domain: await domainOfCurrency(),
      types: receiveWithAuthorizationTypes,
      primaryType: "ReceiveWithAuthorization",
      message: {
        from: payer.address,
        to: signedPayments.address,
        value: FEE,
        validAfter: 0n,
        validBefore: LATER,
        nonce: (await chain.read(signedPayments, "nonceOf", payment)) as `0x${string}`,
      },
    });
    const { r, s, v } = parseSignature(signature);
    const call = { ...signedPayments, functionName: "pay", args: [payment, Number(v), r, s] };
    expect(await lastFee(await chain.person(4).send(call))).to.include({ payer: payer.address, amount: FEE, ref: REF });
  });

  it("an allowance for the ledger (ERC-2612)", async () => {
    const { currency, ledger } = chain.contracts;
    const payer = chain.person(2);
    const signature = await chain.clientOf(2).signTypedData({
      domain: await domainOfCurrency(),
      types: permitTypes,
      primaryType: "Permit",
      message: {
        owner: payer.address,
        spender: ledger.address,
        value: FEE,
        nonce: (await chain.read(currency, "nonces", payer.address)) as bigint,
        deadline: LATER,
      },
    });
    const { r, s, v } = parseSignature(signature);
    await payer.send({ ...ledger, functionName: "permit", args: [currency.address, FEE, LATER, Number(v), r, s] });
    const call = { ...ledger, functionName: "pay", args: [1, currency.address, FEE, REF] };
    expect(await lastFee(await payer.send(call))).to.include({ payer: payer.address, amount: FEE });
    expect(await chain.read(currency, "allowance", payer.address, ledger.address)).to.equal(0n);
  });
});
