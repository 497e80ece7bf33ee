using Microsoft.CodeAnalysis;

namespace Orkestra.Analyzers.Payloads;

/// <summary>Types of .NET itself: the serializer has a form for some data types and for collections, and what it makes of the others does not give them back.</summary>
internal static class FrameworkTypes
{
    // https://learn.microsoft.com/dotnet/standard/serialization/system-text-json/supported-types
    static readonly HashSet<string> Data = new(StringComparer.Ordinal)
    {
        "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeSpan", "Guid", "Uri", "Version", "Half", "Int128", "UInt128", "Memory", "ReadOnlyMemory", "Nullable", "Object", "ValueTuple", "Tuple",
    };

    // Their members can be set, so that they are read as they were written.
    static readonly HashSet<string> Shapes = new(StringComparer.Ordinal) { "Point", "PointF", "Size", "SizeF", "Rectangle", "RectangleF" };

    public static bool HaveNoForm(INamedTypeSymbol type)
    {
        if (type.TypeKind is TypeKind.Enum or TypeKind.Error or TypeKind.TypeParameter || type.DeclaringSyntaxReferences.Length > 0) return false;
        var space = type.ContainingNamespace?.ToDisplayString() ?? "";
        if (!IsOfFramework(type.ContainingAssembly?.Name ?? "") || space.StartsWith("System.Text.Json", StringComparison.Ordinal)) return false;
        if (space == "System") return !Data.Contains(type.Name) && type.SpecialType is SpecialType.None or SpecialType.System_IntPtr or SpecialType.System_UIntPtr;
        if (space == "System.Drawing" && Shapes.Contains(type.Name)) return false;
        return !space.StartsWith("System.Collections", StringComparison.Ordinal);
    }

    static bool IsOfFramework(string assembly) =>
        assembly is "mscorlib" or "netstandard" or "System" || assembly.StartsWith("System.", StringComparison.Ordinal) || assembly.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal);
}
