using Orkestra.Engine.DataFlow;
using Orkestra.Expressions.Paths;

namespace Orkestra.Engine.Planning;

/// <summary>Compiles JSONPath fields.</summary>
internal static class PathTemplates
{
    internal static PathTemplate Compile(string path) => new(JsonPath.Compile(path));

    /// <summary>A path that may miss: the value is then null.</summary>
    internal static PathTemplate CompileOptional(string path) => new(JsonPath.Compile(path), isOptional: true);

    internal static PathPlacement CompilePlacement(string path) => new(ReferencePath.Compile(path));
}
