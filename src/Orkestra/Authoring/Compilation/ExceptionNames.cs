namespace Orkestra.Authoring.Compilation;

/// <summary>How exceptions are named in the Amazon States Language: by the name of their type, as Lambda does.</summary>
internal static class ExceptionNames
{
    public const string All = "States.ALL";

    public static IReadOnlyList<string> Of(Type exception) =>
        exception == typeof(Exception) ? [All]
        : exception == typeof(TimeoutException) ? [exception.Name, "States.Timeout"]
        : [exception.Name];
}
