"""Templates: workbooks for those who know what registers do not, and what they answer."""

from aiexchange.templates.codec import SYNTAX_BY_SUFFIX, Template, write
from aiexchange.templates.plan import DEPLOYER, ORGANISATIONS, SUPPLIER, Plan, plan
from aiexchange.templates.subjects import products

__all__ = [
    "DEPLOYER",
    "ORGANISATIONS",
    "SUPPLIER",
    "SYNTAX_BY_SUFFIX",
    "Plan",
    "Template",
    "plan",
    "products",
    "write",
]
