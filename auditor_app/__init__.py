"""Auditor App: offline site audits against a responsible-production standard.

Layers, arrows point down only (import-linter checks it): ui | cli, workflows, workspace, the capabilities
(store, vault, reporting, signing, bundle, sync, register, sample), domain | form_engine, and the small modules beside this file.
"""

__version__ = "0.1.0"
