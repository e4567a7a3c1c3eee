import type { Machine } from "./machine.ts";

const API = "https://localhost:14000/dir";
const ROOT = "https://localhost:15000/roots/0";

/**
 * Starts Debian's `pebble`, a test server of the protocol that Let's Encrypt uses (ACME), and lets certbot use it and the
 * machine trust it. It looks at port 80 of the machine, as Let's Encrypt does. Certbot must be installed.
 */
export async function startCertificateAuthority(machine: Machine): Promise<void> {
  await machine.run("apt-get install -y -qq --no-install-recommends pebble", { isOnline: true });
  const config = {
    listenAddress: "127.0.0.1:14000",
    managementListenAddress: "127.0.0.1:15000",
    certificate: "/etc/pebble/cert.pem",
    privateKey: "/etc/pebble/key.pem",
    httpPort: 80,
    tlsPort: 443,
  };
  await machine.run(`
    mkdir -p /etc/pebble && cd /etc/pebble
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
      -keyout key.pem -out cert.pem
    echo '${JSON.stringify({ pebble: config })}' > config.json
    printf 'server = ${API}\\nno-verify-ssl = True\\n' >> /etc/letsencrypt/cli.ini
    export PEBBLE_VA_NOSLEEP=1 PEBBLE_WFE_NONCEREJECT=0
    setsid pebble -config config.json > /var/log/pebble.log 2>&1 < /dev/null &
    curl --insecure --silent --fail --retry 30 --retry-delay 1 --retry-all-errors ${ROOT} \
      --output /usr/local/share/ca-certificates/pebble.crt
    cat /usr/local/share/ca-certificates/pebble.crt >> /etc/ssl/authorities.pem
    update-ca-certificates`);
}
