namespace Orkestra.Hosting.TestState.Shapes;

/// <summary>What kind of JSON a value of a service is.</summary>
internal enum ShapeKind
{
    Any,
    Text,
    Number,
    Boolean,
    List,
    Map,
    Structure,
}
