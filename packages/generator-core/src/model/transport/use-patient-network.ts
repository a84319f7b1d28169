import { EnvHttpProxyAgent, setGlobalDispatcher } from 'undici';

/**
 * Lets `fetch` of this process go by HTTPS_PROXY, HTTP_PROXY and NO_PROXY, which Node 20 does not by itself, and wait as long as a call
 * may take: its own patience ends after 300 s without a byte, and a model may think longer. Certificates: NODE_EXTRA_CA_CERTS, as ever.
 */
export function usePatientNetwork(timeoutMilliseconds: number): void {
  setGlobalDispatcher(new EnvHttpProxyAgent({ headersTimeout: timeoutMilliseconds, bodyTimeout: timeoutMilliseconds }));
}
