namespace Orkestra.Hosting.Integrations;

/// <summary>A Lambda function as tasks name it.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Qualifier">The version or alias; null without one.</param>
public readonly record struct FunctionName(string Name, string? Qualifier)
{
    /// <summary>Reads a name, a name with a qualifier, or an ARN: <c>arn:aws:lambda:region:account:function:name[:qualifier]</c>.</summary>
    /// <param name="text">The name.</param>
    public static FunctionName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(':');
        var at = Array.IndexOf(parts, "function");
        var rest = at < 0 ? parts : parts[(at + 1)..];
        return new FunctionName(rest.Length == 0 ? "" : rest[0], rest.Length > 1 ? rest[1] : null);
    }
}
