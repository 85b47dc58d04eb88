/** The headers that tell browsers what answers may do. */
import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import { fastify } from 'fastify';

export type Headers = Readonly<Record<string, string>>;

export interface SecurityHeaders {
  /** Of answers of the API: data, never a page. */
  data: Headers;
  /** Of pages and of the files that they load. */
  page: Headers;
}

/** What a page that needs none of it should not be able to ask for, even when it is made to run something else. */
const POWERS = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'screen-wake-lock',
  'usb',
  'xr-spatial-tracking',
];

const NOTHING = ["'none'"];
const OWN = ["'self'"];

const dataPolicy = {
  'default-src': NOTHING,
  'base-uri': NOTHING,
  'form-action': NOTHING,
  'frame-ancestors': NOTHING,
  sandbox: [],
};
const pagePolicy = {
  'default-src': OWN,
  'script-src': OWN,
  'style-src': OWN,
  'img-src': [...OWN, 'data:'],
  'worker-src': OWN,
  'object-src': NOTHING,
  'base-uri': NOTHING,
  'form-action': OWN,
  'frame-ancestors': NOTHING,
};

/** @param isHttps the portal is reached by https, so browsers may be told to use nothing else. */
export async function securityHeaders(isHttps: boolean): Promise<SecurityHeaders> {
  const common = {
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: isHttps && { maxAge: 63_072_000, includeSubDomains: true },
  } as const;
  const [data = {}, page = {}] = await made([
    {
      ...common,
      contentSecurityPolicy: { useDefaults: false, directives: dataPolicy },
      // These say something of pages.
      crossOriginOpenerPolicy: false,
      originAgentCluster: false,
      xDnsPrefetchControl: false,
      xDownloadOptions: false,
      xFrameOptions: false,
      xPermittedCrossDomainPolicies: false,
      xXssProtection: false,
    },
    {
      ...common,
      contentSecurityPolicy: { useDefaults: false, directives: pagePolicy },
      xFrameOptions: { action: 'deny' },
    },
  ]);
  return {
    // Answers depend on who asks, and hold what is nobody else's business.
    data: { ...data, 'cache-control': 'no-store' },
    page: { ...page, 'permissions-policy': POWERS.map((power) => `${power}=()`).join(', ') },
  };
}

/** Helmet makes its headers anew for each request, which costs more than sending them; here it does so once. */
async function made(each: readonly FastifyHelmetOptions[]): Promise<Headers[]> {
  const app = fastify();
  await app.register(helmet, { global: false });
  for (const [index, options] of each.entries()) {
    app.get(`/${index}`, { helmet: options }, (_request, reply) => reply.code(204).send());
  }
  const answers = await Promise.all(each.map((_options, index) => app.inject(`/${index}`)));
  await app.close();
  return answers.map(({ headers }) => {
    const own = Object.entries(headers).filter(([name]) => !['date', 'connection'].includes(name));
    return Object.fromEntries(own.map(([name, value]) => [name, String(value)]));
  });
}
