"""Circular imports, one of each kind: files, what is imported, and what must be told.

`ring` is the circle in lines; `facts` is in the sentence about what is wrong; `advice` stands, in
this order, at the beginning of what to do.
"""

from __future__ import annotations


class Situation:
    def __init__(self, name, files, *, ring, facts, advice, start=None):
        self.name = name
        self.files = files
        self.start = start or next(iter(files))[:-3].replace("/", ".")
        self.ring = ring
        self.facts = facts
        self.advice = advice


SITUATIONS = [
    Situation(
        "a name used in the body of a class",
        {
            "models.py": "import views\nclass User: pass\nviews\n",
            "views.py": "import models\nclass Form:\n    model = models.User\n",
        },
        ring=["models.py:1", "views.py:3"],
        facts="views wants User of models, which is still in line 1 and binds User in line 2",
        advice=["models.py:1: move it below line 2, where User is bound"],
    ),
    Situation(
        "a name used in the body of a class that a function makes",
        {
            "models.py": "import views\nclass User: pass\nviews\n",
            "views.py": """\
                import models
                def make():
                    class Form:
                        model = models.User
                make()
                """,
        },
        ring=["models.py:1", "views.py:4"],
        facts="views wants User of models",
        advice=["views.py:4: call make() when all is loaded, not while views is: it needs models"],
    ),
    Situation(
        "a name that a package has from a star import that is still to come",
        {
            "starry/__init__.py": "from .x import *\nfrom .y import *\n",
            "starry/x.py": "from starry import Y\nclass X(Y): pass\n",
            "starry/y.py": "class Y: pass\n",
        },
        start="starry",
        ring=["starry/__init__.py:1", "starry/x.py:1"],
        facts="starry.x wants Y of starry, which is still in line 1",
        advice=["starry/x.py:1: import Y from starry.y, where it is defined, not from starry"],
    ),
    Situation(
        "a name used in functions only",
        {
            "orders.py": "from customers import Customer\nclass Order(Customer): pass\n",
            "customers.py": """\
                from orders import Order
                class Customer:
                    def order(self):
                        return Order(self)
                """,
        },
        ring=["orders.py:1", "customers.py:1"],
        facts="customers wants Order of orders, which is still in line 1 and binds Order in line 2",
        advice=[
            "customers.py:1: move it into Customer.order(), which alone uses Order, or import "
        ],
    ),
    Situation(
        "a name used in annotations only",
        {
            "tree.py": "from leaf import Leaf\nclass Tree(Leaf): pass\n",
            "leaf.py": """\
                from __future__ import annotations
                from tree import Tree
                class Leaf:
                    tree: Tree
                    def up(self) -> Tree: ...
                """,
        },
        ring=["tree.py:1", "leaf.py:2"],
        facts="leaf wants Tree of tree",
        advice=["leaf.py:2: put it under `if TYPE_CHECKING:`: Tree is used in annotations only"],
    ),
    Situation(
        "quoted annotations",
        {
            "tree2.py": "from leaf2 import Leaf\nclass Tree(Leaf): pass\n",
            "leaf2.py": "from tree2 import Tree\nclass Leaf:\n    def up(self) -> 'set[Tree]': 1\n",
        },
        ring=["tree2.py:1", "leaf2.py:1"],
        facts="leaf2 wants Tree",
        advice=["leaf2.py:1: put it under `if TYPE_CHECKING:`"],
    ),
    Situation(
        "both are needed at once, so only another division helps",
        {
            "chicken.py": "from egg import Egg\nclass Chicken(Egg): pass\n",
            "egg.py": "from chicken import Chicken\nclass Egg(Chicken): pass\n",
        },
        ring=["chicken.py:1", "egg.py:1"],
        facts="egg wants Chicken of chicken",
        advice=["egg.py:1: egg needs Chicken while it is loaded (line 2)"],
    ),
    Situation(
        "the first module could bind the name before it imports",
        {
            "config.py": "from loader import load\nNAME = 'x'\nload()\n",
            "loader.py": "from config import NAME\nPATH = NAME + '.cfg'\ndef load(): return PATH\n",
        },
        ring=["config.py:1", "loader.py:1"],
        facts="still in line 1 and binds NAME in line 2",
        advice=["config.py:1: move it below line 2, where NAME is bound"],
    ),
    Situation(
        "three modules",
        {
            "one.py": "from two import b\ndef a(): return b\n",
            "two.py": "import three\nb = three.c\n",
            "three.py": "from one import a\nc = a()\n",
        },
        ring=["one.py:1", "two.py:1", "three.py:1"],
        facts="three wants a of one",
        advice=["one.py:1: move it into a(), which alone uses b"],
    ),
    Situation(
        "an attribute of a module under construction",
        {
            "left.py": "import right\nvalue = right.value + 1\n",
            "right.py": "import left\nvalue = left.value + 1\n",
        },
        ring=["left.py:1", "right.py:2"],
        facts="right wants value of left",
        advice=["right.py:1: right needs left while it is loaded (line 2)"],
    ),
    Situation(
        "the line that asks is in a function of the module",
        {
            "early.py": "import late\nREADY = True\n",
            "late.py": """\
                import early
                def check():
                    return early.READY
                check()
                """,
        },
        ring=["early.py:1", "late.py:3"],
        facts="late wants READY of early",
        advice=["early.py:1: remove it if nothing else gets late from early"],
    ),
    Situation(
        "the import is in a function that is called too early",
        {
            "plugin.py": "import registry\nclass Base: pass\n",
            "registry.py": """\
                def fill():
                    from plugin import Base
                    return Base
                FILLED = fill()
                """,
        },
        ring=["plugin.py:1", "registry.py:2"],
        facts="registry wants Base of plugin",
        advice=[
            "plugin.py:1: remove it if",
            "registry.py:2: call fill() when all is loaded, not while registry",
        ],
    ),
    Situation(
        "a package that imports from its modules, which import from it",
        {
            "pack/__init__.py": "from .core import run\nVERSION = '1'\n",
            "pack/core.py": "from . import VERSION\ndef run(): return VERSION\n",
        },
        start="pack",
        ring=["pack/__init__.py:1", "pack/core.py:1"],
        facts="pack.core wants VERSION of pack",
        advice=["pack/core.py:1: move it into run(), which alone uses VERSION"],
    ),
    Situation(
        "the package only hands the name on",
        {
            "kit/__init__.py": "from .tool import use\nfrom .helper import help_\n",
            "kit/tool.py": "from kit import help_\nhelp_()\ndef use(): pass\n",
            "kit/helper.py": "def help_(): pass\n",
        },
        start="kit",
        ring=["kit/__init__.py:1", "kit/tool.py:1"],
        facts="kit.tool wants help_ of kit",
        advice=["kit/tool.py:1: import help_ from kit.helper, where it is defined, not from kit"],
    ),
    Situation(
        "a relative import two levels up",
        {
            "deep/__init__.py": "",
            "deep/a/__init__.py": "",
            "deep/a/x.py": "from ..b.y import Y\nclass X: pass\n",
            "deep/b/__init__.py": "",
            "deep/b/y.py": "from ..a.x import X\nclass Y(X): pass\n",
        },
        start="deep.a.x",
        ring=["deep/a/x.py:1", "deep/b/y.py:1"],
        facts="deep.b.y wants X of deep.a.x",
        advice=["deep/a/x.py:1: remove it if nothing else gets Y"],
    ),
    Situation(
        "a name that is not there at all",
        {
            "menu.py": "from dish import dishes\nentries = list(dishes)\n",
            "dish.py": "from menu import enrties\ndishes = enrties\n",
        },
        ring=["menu.py:1", "dish.py:1"],
        facts="dish wants enrties of menu, which is still in line 1",
        advice=["menu.py binds no enrties at all: check the name first"],
    ),
    Situation(
        "a module of one's own with the name of one of the standard library",
        {
            "entry.py": "import calendar_user\n",
            "calendar_user.py": "import colorsys\n",
            "colorsys.py": "import colorsys\ncolorsys.rgb_to_hsv(1, 1, 1)\n",
        },
        ring=["colorsys.py:2"],
        facts="colorsys imports itself: what it gets has no rgb_to_hsv yet",
        advice=[
            "rename colorsys.py: it has the name of the standard library's colorsys, and hides"
        ],
    ),
    Situation(
        "a module with the name of a library that was meant",
        {"entry2.py": "import redis_like\n", "redis_like.py": "from redis_like import Client\n"},
        ring=["redis_like.py:1"],
        facts="redis_like imports itself: what it gets has no Client yet",
        advice=["rename redis_like.py if another redis_like was meant"],
    ),
    Situation(
        "a star import is no reason to say that the name does not exist",
        {
            "star.py": "from point import *\nfrom ray import beam\n",
            "point.py": "from ray import beam\n",
            "ray.py": "from star import shine\ndef beam(): return shine\n",
        },
        ring=["star.py:1", "point.py:1", "ray.py:1"],
        facts="ray wants shine of star, which is still in line 1",
        advice=["ray.py:1: move it into beam(), which alone uses shine"],
    ),
    Situation(
        "an import by importlib",
        {
            "dynamic.py": """\
                import importlib
                part = importlib.import_module("part")
                NAME = "n"
                """,
            "part.py": "from dynamic import NAME\nprint(NAME)\n",
        },
        ring=["dynamic.py:2", "part.py:1"],
        facts="part wants NAME of dynamic, which is still in line 2 and binds NAME in line 3",
        advice=["dynamic.py:2: move it into the functions"],
    ),
    Situation(
        "a helper in another module imports",
        {
            "app_like.py": "import helper_like\nhelper_like.load('view_like')\nROUTES = []\n",
            "helper_like.py": "def load(name):\n    __import__(name)\n",
            "view_like.py": "from app_like import ROUTES\nROUTES.append(1)\n",
        },
        ring=["helper_like.py:2", "view_like.py:1"],
        facts="view_like wants ROUTES of app_like",
        advice=["helper_like.py:2: call load() when all is loaded, not while app_like is"],
    ),
    Situation(
        "names in upper-level code of a class",
        {
            "model.py": "from form import Form\nclass Model:\n    def form(self): Form()\n",
            "form.py": "from model import Model\nclass Form:\n    kind = Model\n",
        },
        ring=["model.py:1", "form.py:1"],
        facts="form wants Model of model",
        advice=["model.py:1: move it into Model.form(), which alone uses Form"],
    ),
    Situation(
        "a decorator is needed at once, another name only later",
        {
            "web.py": "from pages import index\ndef route(f): return f\nAPP = [index]\n",
            "pages.py": "from web import route\n@route\ndef index(): pass\n",
        },
        ring=["web.py:1", "pages.py:1"],
        facts="pages wants route of web",
        advice=["web.py:1: move it below line 2, where route is bound"],
    ),
    Situation(
        "a default is needed at once",
        {
            "unit.py": "from amount import Amount\nclass Unit(Amount): pass\nMETRE = Unit()\n",
            "amount.py": "from unit import METRE\nclass Amount:\n    def f(self, to=METRE): 1\n",
        },
        ring=["unit.py:1", "amount.py:1"],
        facts="amount wants METRE of unit",
        advice=["amount.py:1: amount needs METRE while it is loaded (line 3)"],
    ),
    Situation(
        "a submodule that is under construction",
        {
            "lib/__init__.py": "",
            "lib/a.py": "import lib.b\nready = 1\n",
            "lib/b.py": "import lib.a\nfrom lib.a import ready\n",
        },
        start="lib.a",
        ring=["lib/a.py:1", "lib/b.py:2"],
        facts="lib.b wants ready of lib.a",
        advice=["lib/b.py:2: remove it if"],
    ),
    Situation(
        "a name that only an exported list has",
        {
            "api.py": "from impl import work\n__all__ = ['work']\nLEVEL = 1\n",
            "impl.py": "from api import LEVEL\ndef work(at=LEVEL): return at\n",
        },
        ring=["api.py:1", "impl.py:1"],
        facts="impl wants LEVEL of api",
        advice=["api.py:1: let a module's `__getattr__` import work when asked (PEP 562)"],
    ),
    Situation(
        "statements over several lines, and names with as",
        {
            "long.py": "from wide import (\n    first as f,\n    second,\n)\nshort = f\n",
            "wide.py": "import math\nfrom long import (\n    short as s,\n)\nfirst = second = s\n",
        },
        ring=["long.py:1", "wide.py:2"],
        facts="wide wants short of long",
        advice=["wide.py:2: wide needs s while it is loaded (line 5)"],
    ),
    Situation(
        "a path before the circle",
        {
            "start.py": "import middle\n",
            "middle.py": "import x1\n",
            "x1.py": "from y1 import b\na = 1\n",
            "y1.py": "from x1 import a\ndef b(): return a\n",
        },
        ring=["x1.py:1", "y1.py:1"],
        facts="y1 wants a of x1",
        advice=["y1.py:1: move it into b()"],
    ),
    Situation(
        "names that are no ASCII",
        {
            "größe.py": "from maß import m\ndef g(): return m\n",
            "maß.py": "from größe import g\nm = g\n",
        },
        ring=["größe.py:1", "maß.py:1"],
        facts="maß wants g of größe",
        advice=["größe.py:1: move it into g(), which alone uses m"],
    ),
]
