"""An application of the Django REST framework with the data of a file: django_app.py PORT FILE"""

import json
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.conf import settings

settings.configure(
    DEBUG=False,
    SECRET_KEY="no secret",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    TIME_ZONE="UTC",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    INSTALLED_APPS=[
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "django.contrib.sessions",
        "rest_framework",
        "django_filters",
        "__main__",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
)
django.setup()

from django.core.validators import MinValueValidator, MaxValueValidator, RegexValidator  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.shortcuts import get_object_or_404  # noqa: E402
from django.urls import include, path  # noqa: E402
from django_filters.rest_framework import DjangoFilterBackend  # noqa: E402
from rest_framework import filters, pagination, routers, serializers, viewsets  # noqa: E402


class Orchard(models.Model):
    name = models.CharField(max_length=20)
    soil = models.JSONField()


class Person(models.Model):
    name = models.CharField(max_length=20)


class Tree(models.Model):
    orchard = models.ForeignKey(Orchard, on_delete=models.CASCADE)
    label = models.CharField(max_length=8, unique=True, validators=[RegexValidator("^[A-Z]+-[0-9]+$")])
    kind = models.CharField(max_length=20)
    planted = models.IntegerField(validators=[MinValueValidator(1900), MaxValueValidator(2100)])
    height = models.FloatField(validators=[MinValueValidator(0)])
    grafted = models.BooleanField(default=False)
    note = models.CharField(max_length=40, null=True, default=None)
    tags = models.JSONField(default=list)


class Harvest(models.Model):
    tree = models.ForeignKey(Tree, on_delete=models.CASCADE)
    picker = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, default=None)
    kilos = models.IntegerField(validators=[MinValueValidator(1)])
    day = models.DateField()
    weighed = models.DateTimeField(null=True, default=None)
    contact = models.EmailField(null=True, default=None)


class SoilKind(models.TextChoices):
    CLAY = "clay"
    LOAM = "loam"
    CHALK = "chalk"


class SoilSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=SoilKind.choices)
    depth = serializers.IntegerField(min_value=1)


class OrchardSerializer(serializers.ModelSerializer):
    soil = SoilSerializer()

    class Meta:
        model = Orchard
        fields = ["id", "name", "soil"]

    def create(self, given):
        return Orchard.objects.create(**given)

    def update(self, orchard, given):
        orchard.name = given.get("name", orchard.name)
        orchard.soil = {**orchard.soil, **given.get("soil", {})}
        orchard.save()
        return orchard


class PersonSerializer(serializers.ModelSerializer):
    class Meta:
        model = Person
        fields = ["id", "name"]


class TreeSerializer(serializers.ModelSerializer):
    tags = serializers.ListField(child=serializers.CharField(max_length=8), max_length=3, default=list)

    class Meta:
        model = Tree
        fields = ["id", "orchard", "label", "kind", "planted", "height", "grafted", "note", "tags"]


class TreeOfOrchardSerializer(TreeSerializer):
    """The orchard is that of the path."""

    class Meta(TreeSerializer.Meta):
        read_only_fields = ["orchard"]


class HarvestSerializer(serializers.ModelSerializer):
    class Meta:
        model = Harvest
        fields = ["id", "tree", "picker", "kilos", "day", "weighed", "contact"]


class TreePages(pagination.PageNumberPagination):
    page_size = 2
    page_size_query_param = "page_size"
    max_page_size = 4


class HarvestPages(pagination.LimitOffsetPagination):
    default_limit = 3
    max_limit = 5


class OrchardViewSet(viewsets.ModelViewSet):
    queryset = Orchard.objects.order_by("id")
    serializer_class = OrchardSerializer


class PersonViewSet(viewsets.ModelViewSet):
    queryset = Person.objects.order_by("id")
    serializer_class = PersonSerializer


class TreeViewSet(viewsets.ModelViewSet):
    queryset = Tree.objects.order_by("id")
    serializer_class = TreeSerializer
    pagination_class = TreePages
    filter_backends = [DjangoFilterBackend, filters.SearchFilter, filters.OrderingFilter]
    filterset_fields = {
        "kind": ["exact", "icontains"],
        "planted": ["exact", "gte", "lt", "range"],
        "grafted": ["exact"],
        "orchard": ["exact"],
        "note": ["isnull"],
        "label": ["in"],
        "orchard__name": ["exact"],
    }
    search_fields = ["^kind", "orchard__name"]
    ordering_fields = ["planted", "height", "kind"]


class TreeOfOrchardViewSet(TreeViewSet):
    serializer_class = TreeOfOrchardSerializer

    def get_queryset(self):
        return Tree.objects.filter(orchard=self.kwargs["orchard_pk"]).order_by("id")

    def perform_create(self, serializer):
        serializer.save(orchard=get_object_or_404(Orchard, pk=self.kwargs["orchard_pk"]))


class HarvestViewSet(viewsets.ModelViewSet):
    queryset = Harvest.objects.order_by("id")
    serializer_class = HarvestSerializer
    pagination_class = HarvestPages
    filter_backends = [DjangoFilterBackend]
    filterset_fields = ["tree", "day"]


router = routers.DefaultRouter()
router.register("orchards", OrchardViewSet)
router.register("people", PersonViewSet)
router.register("trees", TreeViewSet)
router.register("harvests", HarvestViewSet)

nested = routers.SimpleRouter()
nested.register("trees", TreeOfOrchardViewSet, basename="orchard-trees")

urlpatterns = [
    path("", include(router.urls)),
    path("orchards/<orchard_pk>/", include(nested.urls)),
]


def load(file):
    with open(file, encoding="utf-8") as lines:
        data = json.load(lines)
    for name, model in [("orchards", Orchard), ("people", Person), ("trees", Tree), ("harvests", Harvest)]:
        with connection.schema_editor() as editor:
            editor.create_model(model)
        keys = {field.name: field.attname for field in model._meta.fields}
        for item in data[name]:
            model.objects.create(**{keys[field]: value for field, value in item.items()})


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *words):
        pass


application = get_wsgi_application()


def as_served(environ, start_response):
    """The server of a production strips the body of an answer to HEAD; wsgiref leaves it to the application."""
    body = application(environ, start_response)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else body


if __name__ == "__main__":
    port, file = sys.argv[1:]
    load(file)
    make_server("127.0.0.1", int(port), as_served, handler_class=QuietHandler).serve_forever()
