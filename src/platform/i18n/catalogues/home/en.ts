export default {
  title: 'Sign-in service',
  lead: 'This address signs people in for {clinic} and lets apps reach its records with their consent.',
  arrive: 'To sign in to an app, open that app. It brings you here when it needs to.',
  choices: 'On this server',
  account: 'Your account',
  accountHint: 'See what has access to your records and how you sign in.',
  swagger: 'API documentation',
  swaggerHint: 'Every address of this server, for developers. You can try them in the page.',
  launch: 'Launch simulator',
  launchHint: 'Start a SMART app as a chart would, and see every request and token.',
  discovery: 'Discovery document',
  discoveryHint: 'What this server supports, for programs (OpenID Connect Discovery).',
} as const;
