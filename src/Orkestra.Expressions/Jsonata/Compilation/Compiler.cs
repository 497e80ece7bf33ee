using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Functions;
using Orkestra.Expressions.Jsonata.Nodes;
using Orkestra.Expressions.Jsonata.Nodes.Calls;
using Orkestra.Expressions.Jsonata.Nodes.Construction;
using Orkestra.Expressions.Jsonata.Nodes.Operators;
using Orkestra.Expressions.Jsonata.Nodes.Paths;
using Orkestra.Expressions.Jsonata.Nodes.Variables;
using Orkestra.Expressions.Jsonata.Runtime;
using Orkestra.Expressions.Jsonata.Syntax;

namespace Orkestra.Expressions.Jsonata.Compilation;

/// <summary>Turns a syntax tree into executable nodes, once for each expression.</summary>
internal sealed partial class Compiler
{
    // So often does a deep expression see that the stack suffices; the runtime's own margin covers what lies between.
    const int LevelsBetweenGuards = 32;

    readonly List<(VariableNode Variable, ExpressionScope Scope)> variables = [];
    readonly List<string> labels = [];
    readonly JsonataDialect dialect;

    Compiler(JsonataDialect dialect) => this.dialect = dialect;

    /// <summary>Compiles an expression.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="outer">The scope it is evaluated in; null for an expression of its own.</param>
    /// <param name="dialect">The dialect it is written in.</param>
    internal static CompiledExpression Compile(SyntaxNode root, ExpressionScope? outer, JsonataDialect dialect)
    {
        var compiler = new Compiler(dialect);
        compiler.CollectLabels(root);
        var scope = new ExpressionScope(outer);
        var node = compiler.Compile(root, scope, 1);
        // Only now is it known what every scope binds.
        foreach (var (variable, place) in compiler.variables) variable.Link(place.Find(variable.Name));
        return new CompiledExpression(node, scope, compiler.FreeVariables(), compiler.FunctionNames(), Guaranteed(root));
    }

    string[] FreeVariables() =>
    [
        .. variables.Where(item => item.Variable.IsExternal && item.Variable.Name[0] != '!' && !Builtins.Contains(item.Variable.Name))
            .Select(item => item.Variable.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    string[] FunctionNames() => [.. variables.Where(item => item.Variable.IsExternal && Builtins.Contains(item.Variable.Name)).Select(item => item.Variable.Name).Distinct(StringComparer.Ordinal)];

    Node Compile(SyntaxNode syntax, ExpressionScope scope, int depth)
    {
        SyntaxNode.CheckStack();
        var node = CompileBare(syntax, scope, depth);
        if (syntax.Predicates is { } predicates)
        {
            var inner = syntax.Tuple ? new ExpressionScope(scope, labels) : null;
            node = new FilterNode(node, [.. predicates.Select(stage => Predicate(stage.Filter!, inner ?? scope, inner, depth))]);
        }

        if (syntax.Group is not null && syntax.Kind is not (SyntaxKind.Path or SyntaxKind.Object))
            node = new GroupByNode(node, Group(syntax.Group, scope, syntax.Tuple, depth));
        if (syntax.KeepArray) node = new KeepArrayNode(node);
        return depth % LevelsBetweenGuards == 0 ? new StackGuardNode(node) : node;
    }

    Node[] All(List<SyntaxNode> items, ExpressionScope scope, int depth)
    {
        if (items.Count == 0) return [];
        var nodes = new Node[items.Count];
        for (var i = 0; i < nodes.Length; i++) nodes[i] = Compile(items[i], scope, depth + 1);
        return nodes;
    }

    // A number is a position, whatever is written behind it.
    PredicateStage Predicate(SyntaxNode filter, ExpressionScope scope, ExpressionScope? tupleScope, int depth) =>
        filter.Kind == SyntaxKind.Number
            ? new(CompileBare(filter, scope, depth + 1), tupleScope, Math.Floor(filter.Number)) : new(Compile(filter, scope, depth + 1), tupleScope, null);

    Node CompileBare(SyntaxNode syntax, ExpressionScope scope, int depth) => syntax.Kind switch
    {
        SyntaxKind.String => new LiteralNode(JsonString.Create(syntax.Text)),
        SyntaxKind.Number => new LiteralNode(JsonNumber.Create(syntax.Number)),
        SyntaxKind.Constant => new LiteralNode(syntax.Text == "null" ? JsonNull.Instance : JsonBoolean.Create(syntax.Text == "true")),
        SyntaxKind.Name => new FieldNode(syntax.Text),
        SyntaxKind.Variable => Variable(syntax.Text, scope),
        SyntaxKind.Parent => Linked(syntax.Ancestor!.Label, scope),
        SyntaxKind.Wildcard => new WildcardNode(),
        SyntaxKind.Descendant => new DescendantNode(),
        SyntaxKind.Regex => new RegexNode(syntax.Text, syntax.Position, dialect),
        SyntaxKind.Path => Path(syntax, scope, depth),
        SyntaxKind.Binary => Binary(syntax, scope, depth),
        SyntaxKind.Negation => new NegateNode(Compile(syntax.Left!, scope, depth + 1), syntax.Position),
        SyntaxKind.Array => new ArrayNode([.. syntax.Items.Select(item => (Compile(item, scope, depth + 1), item.Kind == SyntaxKind.Array))], syntax.ConsArray),
        SyntaxKind.Object => ObjectConstructor(syntax, scope, depth),
        SyntaxKind.Block => Block(syntax, scope, depth),
        SyntaxKind.Bind => new BindNode(scope.Declare(syntax.Left!.Text), Compile(syntax.Right!, scope, depth + 1)),
        SyntaxKind.Condition => Condition(syntax, scope, depth),
        // Newer than the evaluator of Step Functions, which reads the first sign as the beginning of a condition.
        SyntaxKind.Default or SyntaxKind.Coalesce when dialect == JsonataDialect.StepFunctions =>
            throw new JsonataException("S0211", syntax.Position, syntax.Kind == SyntaxKind.Default ? ":" : "?"),
        SyntaxKind.Default or SyntaxKind.Coalesce =>
            new DefaultNode(Compile(syntax.Left!, scope, depth + 1), Compile(syntax.Right!, scope, depth + 1), syntax.Kind == SyntaxKind.Coalesce),
        SyntaxKind.Function => Call(syntax, scope, depth),
        SyntaxKind.Partial => Partial(syntax, scope, depth),
        SyntaxKind.Apply => Apply(syntax, scope, depth),
        SyntaxKind.Lambda => Lambda(syntax, scope),
        SyntaxKind.Transform => Transform(syntax, scope, depth),
        // A `?` outside arguments and a sort without a path cannot be evaluated.
        _ => throw new JsonataException("S0201", syntax.Position, syntax.Text),
    };

    Node Variable(string name, ExpressionScope scope) => name switch
    {
        "" => new ContextNode(),
        _ => Linked(name, scope),
    };

    VariableNode Linked(string name, ExpressionScope scope)
    {
        var variable = new VariableNode(name);
        variables.Add((variable, scope));
        return variable;
    }

    Node Binary(SyntaxNode syntax, ExpressionScope scope, int depth)
    {
        if (syntax.Text == "&") return Concatenate(syntax, scope, depth);
        var left = Compile(syntax.Left!, scope, depth + 1);
        var right = Compile(syntax.Right!, scope, depth + 1);
        return syntax.Text switch
        {
            "+" or "-" or "*" or "/" or "%" => new ArithmeticNode(syntax.Text[0], left, right, syntax.Position),
            "=" or "!=" => new EqualNode(syntax.Text == "!=", left, right),
            "<" => new CompareNode(Comparison.Less, left, right, syntax.Position),
            "<=" => new CompareNode(Comparison.LessOrEqual, left, right, syntax.Position),
            ">" => new CompareNode(Comparison.Greater, left, right, syntax.Position),
            ">=" => new CompareNode(Comparison.GreaterOrEqual, left, right, syntax.Position),
            "and" or "or" => new LogicNode(syntax.Text == "and", left, right, syntax.Position),
            "in" => new IncludesNode(left, right),
            _ => new RangeNode(left, right, syntax.Position),
        };
    }

    ConcatenateNode Concatenate(SyntaxNode syntax, ExpressionScope scope, int depth)
    {
        var parts = new List<SyntaxNode>();
        var at = syntax;
        while (at.IsBinary("&") && at is { Predicates: null, Group: null, KeepArray: false })
        {
            parts.Add(at.Right!);
            at = at.Left!;
        }

        parts.Add(at);
        parts.Reverse();
        return new ConcatenateNode([.. parts.Select(part => Compile(part, scope, depth + 1))], syntax.Position);
    }

    Node Block(SyntaxNode syntax, ExpressionScope scope, int depth)
    {
        var inner = new ExpressionScope(scope);
        var items = All(syntax.Items, inner, depth);
        // Parentheses around one expression that binds nothing are that expression, unless what follows them must see it unwrapped.
        var transparent = items.Length == 1 && inner.Count == 0 && syntax is { Predicates: null, Group: null, KeepArray: false };
        return transparent ? items[0] : new BlockNode(items, inner);
    }

    ConditionNode Condition(SyntaxNode syntax, ExpressionScope scope, int depth) =>
        new(Compile(syntax.Left!, scope, depth + 1), Compile(syntax.Right!, scope, depth + 1), syntax.Third is null ? null : Compile(syntax.Third, scope, depth + 1));

    Node ObjectConstructor(SyntaxNode syntax, ExpressionScope scope, int depth)
    {
        var pairs = syntax.Group!.Pairs;
        var group = Group(syntax.Group, scope, tuple: false, depth);
        if (pairs.Count == 0 || pairs.Any(pair => pair.Key is not { Kind: SyntaxKind.String, Predicates: null, Group: null, KeepArray: false })) return new GroupByNode(null, group);
        string[] keys = [.. pairs.Select(pair => pair.Key.Text)];
        return keys.Distinct(StringComparer.Ordinal).Count() == keys.Length ? new ObjectNode(keys, group.ValueNodes, group) : new GroupByNode(null, group);
    }

    GroupNode Group(GroupingSyntax grouping, ExpressionScope scope, bool tuple, int depth)
    {
        var inner = tuple ? new ExpressionScope(scope, labels) : null;
        var place = inner ?? scope;
        return new GroupNode([.. grouping.Pairs.Select(pair => (Compile(pair.Key, place, depth + 1), Compile(pair.Value, place, depth + 1)))], grouping.Position, inner);
    }

    CallNode Call(SyntaxNode syntax, ExpressionScope scope, int depth) =>
        new(Compile(syntax.Left!, scope, depth + 1), All(syntax.Items, scope, depth), SiteOf(syntax), depth, Hint(syntax, scope), syntax.TailCall);

    PartialNode Partial(SyntaxNode syntax, ExpressionScope scope, int depth) =>
        new(
            Compile(syntax.Left!, scope, depth + 1),
            [.. syntax.Items.Select(item => item is { Kind: SyntaxKind.Operator, Text: "?" } ? null : Compile(item, scope, depth + 1))],
            SiteOf(syntax),
            Hint(syntax, scope));

    // A field name that is called may have been meant to be a variable.
    VariableNode? Hint(SyntaxNode syntax, ExpressionScope scope) => syntax.Left is { Kind: SyntaxKind.Path } path && path.Items[0].Kind == SyntaxKind.Name ? Linked(path.Items[0].Text, scope) : null;

    static CallSite SiteOf(SyntaxNode syntax) => new(syntax.Position, syntax.Left!.Kind == SyntaxKind.Path ? syntax.Left.Items[0].Text : syntax.Left.Text);

    ApplyNode Apply(SyntaxNode syntax, ExpressionScope scope, int depth)
    {
        var right = syntax.Right!;
        // As in the reference, what follows a piped call is not applied to its result.
        var target = right.Kind == SyntaxKind.Function ? Call(right, scope, depth + 1) : Compile(right, scope, depth + 1);
        return new ApplyNode(Compile(syntax.Left!, scope, depth + 1), target, right.Kind == SyntaxKind.Function, syntax.Position, depth);
    }

    LambdaNode Lambda(SyntaxNode syntax, ExpressionScope scope)
    {
        var inner = new ExpressionScope(scope);
        int[] slots = [.. syntax.Items.Select(parameter => inner.Declare(parameter.Text))];
        var lambda = new LambdaNode(slots, syntax.Signature, inner) { GuaranteedDepth = Guaranteed(syntax.Left!) };
        lambda.Body = Compile(syntax.Left!, inner, 1);
        return lambda;
    }

    TransformNode Transform(SyntaxNode syntax, ExpressionScope scope, int depth) =>
        new(
            Compile(syntax.Left!, scope, depth + 1),
            Compile(syntax.Right!, scope, depth + 1),
            syntax.Right!.Position,
            syntax.Third is null ? null : Compile(syntax.Third, scope, depth + 1),
            syntax.Third?.Position ?? -1,
            Linked("clone", scope),
            syntax.Position);

    /// <summary>How deep evaluating a node nests at least, whatever branches it takes.</summary>
    static int Guaranteed(SyntaxNode? syntax)
    {
        if (syntax is null) return 0;
        SyntaxNode.CheckStack();
        return 1 + GuaranteedBelow(syntax);
    }

    static int GuaranteedIn(List<SyntaxNode> items)
    {
        var deepest = 0;
        foreach (var item in items) deepest = Math.Max(deepest, Guaranteed(item));
        return deepest;
    }

    static int GuaranteedBelow(SyntaxNode syntax) => syntax.Kind switch
    {
        SyntaxKind.Condition or SyntaxKind.Default or SyntaxKind.Coalesce => Guaranteed(syntax.Left),
        SyntaxKind.Binary when syntax.Text is "and" or "or" => Guaranteed(syntax.Left),
        SyntaxKind.Function when syntax.TailCall => 0,
        SyntaxKind.Path => Guaranteed(syntax.Items[0]),
        SyntaxKind.Lambda or SyntaxKind.Transform => 0,
        _ => Math.Max(Math.Max(Guaranteed(syntax.Left), Guaranteed(syntax.Right)), GuaranteedIn(syntax.Items)),
    };
}
