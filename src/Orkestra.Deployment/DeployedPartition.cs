namespace Orkestra.Deployment;

/// <summary>
/// The partition of the ARNs in a deployed document, such as <c>aws-cn</c>. Documents are written, checked and run here in <c>aws</c>; the deployed one has a placeholder there, which the stack's
/// own partition fills in.
/// </summary>
internal static class DeployedPartition
{
    /// <summary>The name of the placeholder. No step can have it.</summary>
    public const string Name = "AWS::Partition";

    /// <summary>
    /// The findings of cfn-lint that do not hold for a document with the placeholder: it reads ARNs before their placeholders are filled in (E3601), and ends with E1101 where it wants to say so of a
    /// state inside another one.
    /// </summary>
    public static readonly IReadOnlyList<string> IgnoredFindings = ["E1101", "E3601"];

    const string Written = "arn:aws:states:";
    const string Open = $"arn:${{{Name}}}:states:";

    /// <summary>The text of a document with the placeholder in each resource of Step Functions. Other ARNs are what their author wrote.</summary>
    public static string In(string document) => document.Replace($"\"Resource\": \"{Written}", $"\"Resource\": \"{Open}", StringComparison.Ordinal);

    /// <summary>Whether a document has the placeholder.</summary>
    public static bool IsOpenIn(string document) => document.Contains(Open, StringComparison.Ordinal);

    /// <summary>A resource of Step Functions with a partition; any other one as it is.</summary>
    public static string Fill(string resource, string partition) =>
        resource.StartsWith(Written, StringComparison.Ordinal) ? $"arn:{partition}:states:{resource[Written.Length..]}" : resource;
}
