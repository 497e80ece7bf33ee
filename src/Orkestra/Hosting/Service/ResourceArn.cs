namespace Orkestra.Hosting.Service;

/// <summary>An ARN of the service, taken apart: <c>arn:partition:states:region:account:type:name[:qualifier]</c>.</summary>
/// <param name="Text">The whole text.</param>
/// <param name="Type">What it names, such as <c>stateMachine</c> or <c>execution</c>.</param>
/// <param name="Name">The part after the type: a state machine's name, with a label behind a slash where there is one.</param>
/// <param name="Qualifier">The part after the name: a version, an alias, or the name of an execution; null when there is none.</param>
internal sealed record ResourceArn(string Text, string Type, string Name, string? Qualifier)
{
    internal const string StateMachine = "stateMachine";
    internal const string Execution = "execution";
    internal const string Express = "express";
    internal const string Activity = "activity";
    internal const string MapRun = "mapRun";

    const int Parts = 7;

    /// <summary>The ARN without its qualifier.</summary>
    internal string Unqualified => Qualifier is null ? Text : Text[..^(Qualifier.Length + 1)];

    /// <summary>The number of a version; null when the qualifier is none.</summary>
    internal int? Version => int.TryParse(Qualifier, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Takes an ARN apart.</summary>
    /// <param name="arn">The text.</param>
    /// <param name="types">The types that are valid here.</param>
    /// <exception cref="ServiceException"><c>InvalidArn</c>: the text is not an ARN of the service, or names something of another type.</exception>
    internal static ResourceArn Parse(string arn, params ReadOnlySpan<string> types)
    {
        if (!arn.StartsWith("arn:", StringComparison.Ordinal)) throw Invalid($"Invalid ARN prefix: {arn}");
        var parts = arn.Split(':', Parts);
        if (parts.Length < Parts || parts[2] != "states" || parts[6].Length == 0) throw Invalid(arn);
        var (type, rest) = (parts[5], parts[6]);
        if (!types.Contains(type)) throw Invalid($"Resource type not valid in this context: {type}");
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new ResourceArn(arn, type, rest, null) : new ResourceArn(arn, type, rest[..colon], rest[(colon + 1)..]);
    }

    static ServiceException Invalid(string what) => new("InvalidArn", $"Invalid Arn: '{what}'");
}
