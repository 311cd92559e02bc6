"""No section of the library's documentation is without cases, and no public name."""

from __future__ import annotations

import re

import pytest

from entrepot.conform import read_cases

#: The sections of the library reference, and the names that each documents.
SECTIONS = {
    "importlib": "__import__ import_module invalidate_caches reload",
    "importlib.abc": """MetaPathFinder PathEntryFinder Loader ResourceLoader InspectLoader
        ExecutionLoader FileLoader SourceLoader find_spec invalidate_caches create_module
        exec_module get_data get_code get_source is_package source_to_code get_filename
        path_stats set_data discover""",
    "importlib.machinery": """SOURCE_SUFFIXES BYTECODE_SUFFIXES EXTENSION_SUFFIXES all_suffixes
        BuiltinImporter FrozenImporter WindowsRegistryFinder PathFinder FileFinder path_hook
        SourceFileLoader SourcelessFileLoader ExtensionFileLoader NamespaceLoader NamespacePath
        AppleFrameworkLoader ModuleSpec origin loader_state submodule_search_locations cached
        parent has_location""",
    "importlib.util": """MAGIC_NUMBER cache_from_source source_from_cache decode_source resolve_name
        find_spec module_from_spec spec_from_loader spec_from_file_location source_hash LazyLoader
        factory""",
    "importlib.resources": """files as_file open_binary open_text read_binary read_text path
        is_resource contents""",
    "importlib.resources.abc": """ResourceReader Traversable TraversableResources open_resource
        resource_path is_resource contents iterdir is_dir is_file joinpath open name read_bytes
        read_text""",
    "importlib.metadata": """version metadata files requires entry_points distribution
        distributions packages_distributions PackageNotFoundError MetadataNotFound Distribution
        DistributionFinder Context PathDistribution PackagePath EntryPoint select names groups load
        read_text read_binary locate locate_file from_name discover at origin json get_all""",
    "zipimport": """ZipImportError zipimporter archive prefix create_module exec_module find_spec
        get_code get_data get_filename get_source is_package invalidate_caches""",
    "pkgutil": """ModuleInfo extend_path get_importer iter_importers iter_modules walk_packages
        get_data resolve_name""",
    "runpy": "run_module run_path init_globals run_name alter_sys",
    "sys": """modules path meta_path path_hooks path_importer_cache dont_write_bytecode
        pycache_prefix builtin_module_names stdlib_module_names flags""",
}
#: The examples at the end of importlib's documentation.
EXAMPLES = [
    "Importing programmatically",
    "Checking if a module can be imported",
    "Importing a source file directly",
    "Implementing lazy imports",
    "Setting up an importer",
    "Approximating importlib.import_module()",
]

CASES = read_cases()


@pytest.mark.parametrize("section", SECTIONS)
def test_each_public_name_is_in_a_case_of_its_section(section):
    programs = [
        file.data.decode(errors="replace")
        for case in CASES
        if case.area == section or case.source.startswith(section)
        for file in case.files
    ]
    words = set(re.findall(r"\w+", "\n".join(programs)))
    assert set(SECTIONS[section].split()) - words == set()


@pytest.mark.parametrize("title", EXAMPLES)
def test_each_example_of_the_documentation_is_a_case(title):
    assert [case.id for case in CASES if case.source == f"importlib, Examples, {title}"]
