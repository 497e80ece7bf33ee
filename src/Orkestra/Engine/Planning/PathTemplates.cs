using Orkestra.Engine.DataFlow;

namespace Orkestra.Engine.Planning;

/// <summary>Compiles JSONPath fields.</summary>
internal static class PathTemplates
{
    internal static Template Compile(string path, string field) => throw new FormatException("not supported yet");

    internal static Template CompileOptional(string path) => throw new FormatException("not supported yet");

    internal static ResultPlacement CompilePlacement(string path) => throw new FormatException("not supported yet");
}
