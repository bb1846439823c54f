"""The version of this distribution, and where its source and documentation are.

Lock files and clients record the version.
"""

VERSION = "0.1.0"
REPOSITORY = "https://github.com/OWNER/flexprice-codegen"
