/** What an empty editor begins with: a small standard of two levels. */
export const starter = `apiVersion: atrium.dev/v1alpha1
kind: Scorecard
metadata:
  name: first-steps
  title: First steps
  description: What every service of ours should have.
spec:
  owner: group:default/platform
  state: draft
  appliesTo: kind=component,spec.type=service
  levels: [bronze, silver]
  rules:
    - id: owned
      title: Somebody owns it
      level: bronze
      effort: small
      check: owner != null
      why: Whoever finds it broken should know whom to ask.
      remedy:
        text: Claim it on its page, or write spec.owner into its descriptor.
    - id: readme
      title: Has a README that says what it is for
      level: silver
      effort: small
      check: facts.readme.words >= 50
      why: A README is what people read first, and often all that they read.
      remedy:
        text: Write what it does, how to run it, and whom to ask.
`;
