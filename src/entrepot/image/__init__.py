"""Making and examining images; what serves them is `entrepot.importers.image`.

collect.py    which modules: all that a program imports (it is run, or has been traced), or
              all of an environment
records.py    what an image keeps of one module, or why it cannot
layout.py     the index, and the file that is written: whole, or not at all
examine.py    what is in an image, and whether it is still right

contents = layout.Contents()
contents.add_all(collect.of_environment(sys.path))
layout.write("app.image", contents, {"of": "all of it"})
"""
