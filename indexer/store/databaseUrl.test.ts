import { expect } from "chai";
import { UserError } from "#protocol/userError.ts";
import { readDatabaseUrl } from "./databaseUrl.ts";

const read = (url: string, environment: NodeJS.ProcessEnv = {}) => readDatabaseUrl(url, environment);
const placeOf = (url: string, environment: NodeJS.ProcessEnv = {}) => {
  const { servers, user, password, database } = read(url, environment);
  return [servers.map(({ host, port }) => `${host} ${port}`).join(), user, password, database];
};

describe("the URL of a database", () => {
  for (const [url, ...place] of [
    ["postgres://u:p@db.example:6432/name", "db.example 6432", "u", "p", "name"],
    ["postgresql://u:p@db.example/name", "db.example 5432", "u", "p", "name"],
    ["POSTGRES://u:p@db.example/name", "db.example 5432", "u", "p", "name"],
    ["  'postgres://u:p@db.example/name'\n", "db.example 5432", "u", "p", "name"],
    ['"postgres://u:p@db.example/name"', "db.example 5432", "u", "p", "name"],
    ["postgres://", "localhost 5432", undefined, undefined, undefined],
    ["postgres:///name", "localhost 5432", undefined, undefined, "name"],
    ["postgres://u@/name?host=/var/run/postgresql", "/var/run/postgresql 5432", "u", undefined, "name"],
    ["postgres://u@%2Fvar%2Frun%2Fpostgresql/name", "/var/run/postgresql 5432", "u", undefined, "name"],
    ["postgres:///?host=h&port=1&user=me%40x&password=a%26b&dbname=d", "h 1", "me@x", "a&b", "d"],
    ["postgres:///?user=me@x&password=a@b", "localhost 5432", "me@x", "a@b", undefined],
    ["postgres://u:p@[::1]:6432/name", "::1 6432", "u", "p", "name"],
    ["postgres://u:p@[fe80::1]/name", "fe80::1 5432", "u", "p", "name"],
    ["postgres://u:p@one:1,two:2/name", "one 1,two 2", "u", "p", "name"],
    ["postgres://u:p@one,two:2/name", "one 5432,two 2", "u", "p", "name"],
    ["postgres://u:p@one,two/name?port=7", "one 7,two 7", "u", "p", "name"],
    ["postgres://u:p%40%3A%2F%3F%23%25%20s@h/my%20data%2Fbase", "h 5432", "u", "p@:/?#% s", "my data/base"],
    ["postgres://u@server:p@h/name", "h 5432", "u@server", "p", "name"],
    ["postgres://u:p@ss:w#rd 50%@h/name", "h 5432", "u", "p@ss:w#rd 50%", "name"],
    ["postgres://:p@h/name", "h 5432", undefined, "p", "name"],
    ["postgres://%E2%82%AC:%F0%9F%A6%99@h/n", "h 5432", "€", "🦙", "n"],
  ] as const) {
    it(`reads ${url.trim()}`, () => {
      expect(placeOf(url)).to.deep.equal(place);
    });
  }

  for (const [url, reason] of [
    ["postgres://u:SECRET@h:port/name", "the port must be a number"],
    ["postgres://u:SECRET@h:70000/name", "the port must be a number"],
    ["postgres://u:SECRET@h:0/name", "the port must be a number"],
    ["postgres://u:SECRET", "the port must be a number"],
    ["postgres://u:1/SECRET@h/name", "an @ after a / or ?"],
    ["postgres://u:1?SECRET@h/name", "an @ after a / or ?"],
    ["postgres://u:1@2/SECRET@h/name", "an @ after a / or ?"],
    ["postgres://u:1@2?SECRET@h/name", "an @ after a / or ?"],
    ["postgres://u:1@2?S=ECRET@h/name", "an @ after a / or ?"],
    ["postgres://u:SECRET@::1/name", "in brackets"],
    ["postgres://u:%FFSECRET@h/name", "not UTF-8"],
    ["postgres://u:SECRET\n@h/name", "a line break"],
    ["postgres:/u:SECRET@h/name", "must begin with"],
    ["u:SECRET@h/name", "must begin with"],
    ["mysql://u:SECRET@h/name", "must begin with"],
    ["jdbc:postgresql://h/name?password=SECRET", "must begin with"],
    ["https://u:SECRET@h/name", "must begin with"],
    ["", "must begin with"],
    ["host=h password=SECRET dbname=name", "key=value"],
    ["postgres://u:SECRET@h/name?sslmode=full", "sslmode must be one of"],
    ["postgres://u:SECRET@h/name?connect_timeout=soon", "connect_timeout must be"],
  ] as const) {
    it(`refuses ${JSON.stringify(url)} and shows no part of it`, () => {
      const error = ((): unknown => {
        try {
          return read(url);
        } catch (thrown) {
          return thrown;
        }
      })();
      expect(error).to.be.instanceOf(UserError);
      const { message } = error as UserError;
      expect(message).to.contain(reason);
      expect(message).not.to.match(/ECRET|@h\/|70000/);
    });
  }

  for (const name of ["service", "hostaddr", "passfile", "sslcrl", "sslpassword", "require_auth", "gssencmode"]) {
    it(`refuses ${name}, rather than connect elsewhere or less safely than it says`, () => {
      const url = `postgres://u:SECRET@h/d?${name}=require`;
      expect(() => read(url))
        .to.throw(UserError, `${name}`)
        .with.property("message")
        .that.does.not.contain("SECRET");
    });
  }

  it("refuses a service or an address in the environment", () => {
    expect(() => read("postgres://h/d", { PGSERVICE: "s" })).to.throw(UserError, "PGSERVICE");
    expect(() => read("postgres://h/d", { PGHOSTADDR: "10.0.0.1" })).to.throw(UserError, "PGHOSTADDR");
  });

  it("takes what it does not name from the environment, as PostgreSQL's programs do", () => {
    const environment = { PGHOST: "db.example", PGPORT: "6000", PGSSLMODE: "verify-full", PGSSLROOTCERT: "/ca.pem" };
    expect(placeOf("postgres:///name", environment)).to.deep.equal(["db.example 6000", undefined, undefined, "name"]);
    const tls = { certificate: undefined, key: undefined };
    expect(read("postgres:///name", environment).tls).to.deep.equal({
      ...tls,
      mode: "verify-full",
      rootCertificate: "/ca.pem",
    });
    expect(read("postgres:///name?sslmode=require&sslrootcert=/other.pem", environment).tls).to.deep.equal({
      ...tls,
      mode: "require",
      rootCertificate: "/other.pem",
    });
    expect(() => read("postgres:///name", { PGPORT: "x" })).to.throw(UserError, "the port must be");
  });

  it("reads the parameters of other clients", () => {
    const { tls, channelBinding, connectTimeoutMs, options, primary, directTls } = read(
      "postgres://h/d?ssl=true&channel_binding=require&connect_timeout=3&options=-c%20work_mem%3D64MB&target_session_attrs=read-write&sslnegotiation=direct&pgbouncer=true&uselibpqcompat=true",
    );
    expect([tls.mode, channelBinding, connectTimeoutMs, options, primary, directTls]).to.deep.equal([
      "require",
      true,
      3_000,
      "-c work_mem=64MB",
      true,
      true,
    ]);
    expect(read("postgres://h/d?ssl=0").tls.mode).to.equal("disable");
    expect(read("postgres://h/d?sslmode=require&sslrootcert=system").tls.mode).to.equal("verify-full");
  });
});
