using Amazon.CDK.AWS.IAM;
using Grant = Orkestra.Deployment.Permissions.Grant;

namespace Orkestra.Cdk.Permissions;

/// <summary>Grants as the CDK's statements.</summary>
internal static class Statements
{
    /// <summary>What states are allowed: what is said for a state by hand, else what is derived.</summary>
    /// <exception cref="SynthesisException">It cannot be derived.</exception>
    public static IReadOnlyList<PolicyStatement> Of(IEnumerable<(string State, IEnumerable<Grant> Grants)> states, Func<string, IReadOnlyList<PolicyStatement>?>? permissionsFor) =>
        Refusals.Of<PolicyStatement[]>(() => [.. states.SelectMany(state => permissionsFor?.Invoke(state.State) ?? state.Grants.Select(Of))]);

    /// <summary>A grant as a statement.</summary>
    public static PolicyStatement Of(Grant grant)
    {
        var statement = new PolicyStatementProps { Actions = [.. grant.Actions], Resources = [.. grant.Resources] };
        if (grant.Conditions.Count > 0)
            statement.Conditions = grant.Conditions.ToDictionary(condition => condition.Operator, condition => (object)new Dictionary<string, object> { [condition.Key] = condition.Value });
        return new PolicyStatement(statement);
    }
}
