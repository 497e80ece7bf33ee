using System.Linq.Expressions;
using System.Text.Json;
using Orkestra.Asl;
using Orkestra.Authoring.Lowering;
using Orkestra.Authoring.Queries;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Compilation;

/// <summary>
/// Makes states of a query. The output of a flow goes to a variable where it leaves its Task, or in a Pass state of its own; the input of a flow is the payload of its
/// Task, or comes from a Pass state of its own.
/// </summary>
internal sealed class QueryCompiler(FlowCompiler compiler, StateNames names, VariableNames variables, JsonSerializerOptions options, GraphDraft graph)
{
    const string Input = "$states.input";

    readonly Dictionary<ParameterExpression, string> known = [];
    Fragment all = Fragment.Empty;

    // The last flow, whose output is the payload, and the variable that stands for it.
    Fragment last = Fragment.Empty;
    ParameterExpression? flowing;

    public Fragment Compile(QueryNode query)
    {
        Follow(compiler.Compile(query.Start, graph));
        flowing = query.Variable;
        foreach (var clause in query.Clauses)
        {
            Keep();
            if (clause.Flow is { } flow)
            {
                Give(compiler.Compile(flow, graph), clause, flow.Label);
                flowing = clause.Variable;
            }
            else
            {
                var value = Lower(clause.Value!);
                Pass($"Let {clause.Variable.Name}", new PassState { Assign = Assigned(clause.Variable, value) });
            }
        }

        Pass("Select", new PassState { Output = FlowCompiler.Expression(Lower(query.Result)) });
        return all;
    }

    // Makes a variable of the payload.
    void Keep()
    {
        if (flowing is not { } variable) return;
        if (last.Entry is { } entry && last.Exits is [{ End: not null, Name: var leaving }] && leaving == entry && graph.Find(entry) is { State: TaskState { Output: JsonString output } task } draft)
            draft.State = task with { Assign = JsonObject.Create((Declare(variable), output)) };
        else
            Pass($"Let {variable.Name}", new PassState { Assign = Assigned(variable, Input) });
        flowing = null;
    }

    // Leads to a flow with its input.
    void Give(Fragment fragment, QueryClause clause, string label)
    {
        if (clause.Value is { } value)
        {
            var input = FlowCompiler.Expression(Lower(value));
            if (fragment.Entry is { } entry && graph.Find(entry) is { State: TaskState { Arguments: JsonObject arguments } task } draft)
                draft.State = task with { Arguments = arguments.With("Payload", input) };
            else
                Pass($"{label} input", new PassState { Output = input });
        }

        Follow(fragment);
    }

    void Pass(string label, PassState state) => Follow(Fragment.Of(graph.Add(names.Unique(label), state)));

    void Follow(Fragment fragment)
    {
        if (fragment.Entry is not { } next) return;
        foreach (var exit in all.Exits) exit.Continue(next);
        all = new Fragment(all.Entry ?? next, fragment.Exits);
        last = fragment;
    }

    JsonObject Assigned(ParameterExpression variable, string jsonata) => JsonObject.Create((Declare(variable), FlowCompiler.Expression(jsonata)));

    string Declare(ParameterExpression variable)
    {
        var name = variables.Take(variable.Name);
        known.Add(variable, name);
        return name[1..];
    }

    string Lower(Expression expression)
    {
        var parameters = known.ToList();
        if (flowing is { } payload) parameters.Add(new(payload, Input));
        return ExpressionLowering.ToJsonata(expression, [.. parameters.Select(parameter => parameter.Key)], options, [.. parameters.Select(parameter => parameter.Value)]);
    }
}
