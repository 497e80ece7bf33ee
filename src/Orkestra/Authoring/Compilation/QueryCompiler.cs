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
    const string Result = "$states.result.Payload";

    readonly Dictionary<ParameterExpression, string> known = [];
    Fragment all = Fragment.Empty;

    // The last flow, whose output is the payload, and the variable that stands for it.
    Fragment last = Fragment.Empty;
    ParameterExpression? flowing;

    // The variables that the last state sets, and the one of them that is its own result.
    readonly HashSet<ParameterExpression> fresh = [];
    (ParameterExpression Variable, string Text)? kept;

    public Fragment Compile(QueryNode query)
    {
        Follow(compiler.Compile(query.Start, graph));
        flowing = query.Variable;
        foreach (var clause in query.Clauses)
        {
            if (clause.Flow is null && LetInPlace(clause)) continue;
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

        if (flowing is { } payload && Holder() is { } holder && !Uses(query.Result))
            holder.State = holder.State with { Output = FlowCompiler.Expression(Lower(query.Result, (payload, Result))) };
        else
            Pass("Select", new PassState { Output = FlowCompiler.Expression(Lower(query.Result)) });
        return all;
    }

    // The state before can compute a variable from its own result, unless that needs a variable that it sets itself: those are visible from the next state on.
    bool LetInPlace(QueryClause clause)
    {
        if (Holder() is not { } holder) return false;
        if (flowing is { } payload)
        {
            if (Uses(clause.Value!)) return false;
            var value = Lower(clause.Value!, (payload, Result));
            kept = (payload, Result);
            Keep();
            Assign(holder, clause.Variable, value);
            return true;
        }

        if (kept is not { } own || Uses(clause.Value!, except: own.Variable)) return false;
        Assign(holder, clause.Variable, Lower(clause.Value!, own));
        return true;
    }

    void Assign(StateDraft holder, ParameterExpression variable, string value)
    {
        holder.State = holder.State with { Assign = (holder.State.Assign ?? JsonObject.Empty).With(Declare(variable), FlowCompiler.Expression(value)) };
        fresh.Add(variable);
    }

    // The last state, when it is a task whose failures nothing handles: an expression in it can fail as well.
    StateDraft? Holder() =>
        last.Exits is [{ Draft: { State: TaskState { Output: JsonString output } task, Catchers.Count: 0 } draft }] && output == FlowCompiler.PayloadOfResult && !task.Retry.Any(FlowCompiler.RetriesExpressions) ? draft : null;

    bool Uses(Expression expression, ParameterExpression? except = null) =>
        fresh.Any(variable => variable != except && new Finder(variable).IsIn(expression));

    // Makes a variable of the payload.
    void Keep()
    {
        if (flowing is not { } variable) return;
        if (last.Exits is [{ Draft: { State: TaskState { Output: JsonString output } task } draft }])
            draft.State = task with { Assign = (task.Assign ?? JsonObject.Empty).With(Declare(variable), output) };
        else
            Pass($"Let {variable.Name}", new PassState { Assign = Assigned(variable, Input) });
        fresh.Add(variable);
        flowing = null;
    }

    // Leads to a flow with its input.
    void Give(Fragment fragment, QueryClause clause, string label)
    {
        if (clause.Value is { } value)
        {
            var input = FlowCompiler.Expression(Lower(value));
            if (fragment.Entry is { } entry && graph.Find(entry) is { State: TaskState { Arguments: JsonObject arguments } task } draft && draft.Catchers.All(catcher => catcher.Output is null) && arguments["Payload"] == FlowCompiler.Expression(Input))
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
        fresh.Clear();
        kept = null;
    }

    JsonObject Assigned(ParameterExpression variable, string jsonata) => JsonObject.Create((Declare(variable), FlowCompiler.Expression(jsonata)));

    string Declare(ParameterExpression variable)
    {
        var name = variables.Take(variable.Name);
        known.Add(variable, name);
        return name[1..];
    }

    string Lower(Expression expression, (ParameterExpression Variable, string Text)? own = null)
    {
        var parameters = known.Where(parameter => parameter.Key != own?.Variable).ToList();
        if (own is { } result) parameters.Add(new(result.Variable, result.Text));
        else if (flowing is { } payload) parameters.Add(new(payload, Input));
        return ExpressionLowering.ToJsonata(expression, [.. parameters.Select(parameter => parameter.Key)], options, [.. parameters.Select(parameter => parameter.Value)]);
    }

    sealed class Finder(ParameterExpression variable) : ExpressionVisitor
    {
        bool found;

        public bool IsIn(Expression expression)
        {
            Visit(expression);
            return found;
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            found |= node == variable;
            return node;
        }
    }
}
