namespace Orkestra.Hosting.Service;

/// <summary>An ARN of the service, taken apart: <c>arn:partition:states:region:account:type:name[:qualifier]</c>. Immutable.</summary>
public sealed record ResourceArn
{
    /// <summary>The type of a state machine, its versions and its aliases.</summary>
    public const string StateMachine = "stateMachine";

    /// <summary>The type of a Standard execution.</summary>
    public const string Execution = "execution";

    /// <summary>The type of an Express execution.</summary>
    public const string Express = "express";

    /// <summary>The type of an activity.</summary>
    public const string Activity = "activity";

    /// <summary>The type of a Map Run.</summary>
    public const string MapRun = "mapRun";

    const int Parts = 7;

    ResourceArn(string text, string type, string name, string? qualifier) => (Text, Type, Name, Qualifier) = (text, type, name, qualifier);

    /// <summary>The whole text.</summary>
    public string Text { get; }

    /// <summary>What it names, such as <see cref="StateMachine"/> or <see cref="Execution"/>.</summary>
    public string Type { get; }

    /// <summary>The part after the type: a state machine's name, with a label behind a slash where there is one.</summary>
    public string Name { get; }

    /// <summary>The part after the name: a version, an alias, or the name of an execution; null for an ARN without this part.</summary>
    public string? Qualifier { get; }

    /// <summary>The ARN without its qualifier.</summary>
    public string Unqualified => Qualifier is null ? Text : Text[..^(Qualifier.Length + 1)];

    /// <summary>The number of a version; null when the qualifier is none.</summary>
    public int? Version => int.TryParse(Qualifier, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Takes an ARN apart.</summary>
    /// <param name="arn">The text.</param>
    /// <param name="types">The types that are valid here.</param>
    /// <exception cref="ServiceException"><c>InvalidArn</c>: the text is not an ARN of the service, or names something of another type.</exception>
    public static ResourceArn Parse(string arn, params ReadOnlySpan<string> types)
    {
        ArgumentNullException.ThrowIfNull(arn);
        if (!arn.StartsWith("arn:", StringComparison.Ordinal)) throw Invalid($"Invalid ARN prefix: {arn}");
        var parts = arn.Split(':', Parts);
        if (parts.Length < Parts || parts[2] != "states" || parts[6].Length == 0) throw Invalid(arn);
        var (type, rest) = (parts[5], parts[6]);
        if (!types.Contains(type)) throw Invalid($"Resource type not valid in this context: {type}");
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new ResourceArn(arn, type, rest, null) : new ResourceArn(arn, type, rest[..colon], rest[(colon + 1)..]);
    }

    /// <summary>Refuses the ARN of a Distributed Map state, where only that of its state machine is valid.</summary>
    /// <returns>This ARN.</returns>
    /// <exception cref="ServiceException"><c>ValidationException</c>: the name has a label.</exception>
    public ResourceArn EnsureNoLabel() => !Name.Contains('/', StringComparison.Ordinal) ? this
        : throw new ServiceException("ValidationException", $"The ARN '{Text}' refers to a Distributed Map state: use the ARN of its state machine");

    /// <summary>
    /// Whether a text can be the name of an execution, a state machine or an activity: 1 to 80 characters, without white space, control characters, characters beyond U+FFFD, and any of
    /// <c>&lt; &gt; { } [ ] ? * " # % \ ^ | ~ ` $ &amp; , ; : /</c>.
    /// </summary>
    /// <param name="name">The text.</param>
    public static bool IsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Names.IsValid(name);
    }

    static ServiceException Invalid(string what) => new("InvalidArn", $"Invalid Arn: '{what}'");
}
