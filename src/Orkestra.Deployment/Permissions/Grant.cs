namespace Orkestra.Deployment.Permissions;

/// <summary>A statement that allows something.</summary>
/// <param name="Actions">The actions as IAM names them.</param>
/// <param name="Resources">The ARNs, in the form of the <see cref="IArnScope"/> that made them.</param>
internal sealed record Grant(IReadOnlyList<string> Actions, IReadOnlyList<string> Resources)
{
    /// <summary>When it is allowed: operators of IAM, keys and values; always when empty. Each operator is here once.</summary>
    public IReadOnlyList<(string Operator, string Key, string Value)> Conditions { get; init; } = [];
}
