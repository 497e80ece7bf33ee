namespace Orkestra.Cdk.Composition;

/// <summary>
/// The partition of the ARNs in a deployed document, such as <c>aws-cn</c>. Documents are written, checked and run here in <c>aws</c>; the deployed one has a placeholder there, which the stack's
/// own partition fills in.
/// </summary>
internal static class DeployedPartition
{
    /// <summary>The name of the placeholder. No step can have it.</summary>
    public const string Name = "AWS::Partition";

    const string written = "arn:aws:states:";
    const string open = $"arn:${{{Name}}}:states:";

    /// <summary>The text of a document with the placeholder in each resource of Step Functions. Other ARNs are what their author wrote.</summary>
    public static string In(string document) => document.Replace($"\"Resource\": \"{written}", $"\"Resource\": \"{open}", StringComparison.Ordinal);

    /// <summary>The same for one resource of a state that the CDK writes.</summary>
    public static string Fill(string resource) =>
        resource.StartsWith(written, StringComparison.Ordinal) ? $"arn:{Amazon.CDK.Aws.PARTITION}:states:{resource[written.Length..]}" : resource;

    /// <summary>Says what the placeholder stands for, if the text has it.</summary>
    public static void AddPlaceholder(string document, Dictionary<string, string> substitutions)
    {
        if (document.Contains(open, StringComparison.Ordinal)) substitutions[Name] = Amazon.CDK.Aws.PARTITION;
    }
}
