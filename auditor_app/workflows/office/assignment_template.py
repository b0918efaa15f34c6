"""The commented example of an assignment's file, as `auditor-office assign --template` prints it."""

TEMPLATE = """\
# An assignment for `auditor-office assign`. Leave out what you do not need; only form, visit.site, visit.site_type and a team are
# demanded. Days are written 2026-11-16. Files are looked for beside this one.

form: copper-mark-rra-3.0        # a form of the program, or the path of a form file
number: AAO-2026-0147            # your number of the assignment
due: 2026-12-11                  # by when you want the bundle
instructions: Look closely at bought-in material.

visit:
  site: Quebrada Honda smelter
  company: Andina Metales
  country: CL
  location: Antofagasta
  site_type: smelter             # a key of the form; `auditor form show` lists them
  kind: re_assessment
  starts_on: 2026-11-16
  ends_on: 2026-11-19
  metals: copper
  scope: Smelter, acid plant and tankhouse.
  exclusions: The port of another company.
  photo_review: yes              # whether the site asks to see photos before release

# Auditors whom you have enrolled, by name or fingerprint; further ones may be named with --to.
team:
  - auditor: Rosa Vidal
    role: lead
  - auditor: Ana Núñez

# The visit before, where your register does not have it; where it does, say --previous VISIT instead.
previous:
  form: copper-mark-rra-2.0      # its criteria are carried over to the form of now
  kind: initial
  day: 2023-11-22
  criteria:
    20: fully
    31:
      rating: partially
      words: Traders were not part of the due diligence.
  findings:
    - criterion: 31
      title: Due diligence on bought-in concentrate to be extended to traders
      grade: Minor
      action: Ask traders for their policy
      owner: Procurement
      due: 2024-11-22
      state: open                # or closed

# What the site says of itself: ratings and answers are keys of the form.
site_says:
  criteria:
    1: fully
    10:
      rating: partially
      words: The new grievance procedure began in June.
  checks:
    1-d1:
      answer: met
      words: See the topic list in the management manual.

# Certificates for equivalence; what is credited is for the auditors to decide.
equivalences:
  - system: ISO 14001
    version: 2015
    number: QH-EMS-2025-0417
    issuer: Sello Pacífico Certificaciones
    scope: Smelter and acid plant
    expires: 2028-06-30
    criteria: [18]

# Documents that the site was asked for already.
requests:
  - title: Water balance of the last two years
    asked_of: Environment
    asked_on: 2026-10-05
    criteria: [22]

# Files that become evidence of the visit: sealed to the team, and to you.
documents: []
#  - file: certificates/iso-14001.pdf
#    title: ISO 14001 certificate
#    provided_by: the site        # you, where nothing is said
#    criteria: [18]
"""
