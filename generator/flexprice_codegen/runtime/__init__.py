# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""What every generated client shares; imports itself, httpx2 and msgspec only."""
