using System.Linq.Expressions;

namespace Orkestra.Authoring.Services;

/// <summary>
/// Puts the arguments of a call together from constants and expressions over the payload. The expression that they make is made when it is asked for: a function that starts composes its workflow, and needs none.
/// </summary>
internal sealed class ServiceArguments
{
    // Taken from expressions that the compiler made, so that nothing has to be found by its name.
    static readonly ListInitExpression Dictionary = Template<Dictionary<string, object?>>(static () => new() { { "", null } });
    static readonly ListInitExpression List = Template<List<object?>>(static () => new() { null });

    readonly Lazy<ParameterExpression> input;
    readonly List<(string Name, Func<Expression> Value)> members = [];

    ServiceArguments(Lazy<ParameterExpression> input) => this.input = input;

    public static ServiceArguments Over<TIn>() => new(new Lazy<ParameterExpression>(static () => Expression.Parameter(typeof(TIn), "input")));

    /// <summary>A parameter with a value that is known now; none when it is null.</summary>
    public ServiceArguments With(string name, object? value) => value is null ? this : Add(name, () => Expression.Constant(value, value.GetType()));

    /// <summary>A parameter that is computed from the payload; none when there is no expression.</summary>
    public ServiceArguments With(string name, LambdaExpression? value) => value is null ? this : Add(name, () => Over(value));

    /// <summary>A parameter that is an object of others.</summary>
    public ServiceArguments With(string name, ServiceArguments others) => Add(name, () => others.Body);

    /// <summary>A parameter that is the payload.</summary>
    public ServiceArguments WithInput(string name) => Add(name, () => Input);

    /// <summary>A parameter that is an item of DynamoDB; the payload itself when there is no expression.</summary>
    public ServiceArguments WithItem(string name, LambdaExpression? value) => Add(name, () => Item(value is null ? Input : Over(value)));

    /// <summary>A parameter that is a key of DynamoDB.</summary>
    public ServiceArguments WithKey(string name, LambdaExpression value) => Add(name, () =>
    {
        Expression<Func<object?, object>> toKey = static key => DynamoDb.ToKey(key);
        return Called(toKey, Over(value));
    });

    /// <summary>A parameter that has a value for each name that begins with a colon.</summary>
    /// <exception cref="ArgumentException">The expression is not an anonymous object.</exception>
    public ServiceArguments WithValues(string name, LambdaExpression values)
    {
        if (values.Body is not NewExpression { Members: { } names } created) throw new ArgumentException("Write the values as an anonymous object: input => new { … }.", nameof(values));
        var inner = Inner();
        for (var i = 0; i < names.Count; i++)
        {
            var value = created.Arguments[i];
            inner.Add($":{names[i].Name}", () =>
            {
                Expression<Func<object?, object>> toAttribute = static value => DynamoDb.ToAttribute(value);
                return Called(toAttribute, Over(values.Parameters[0], value));
            });
        }

        return With(name, inner);
    }

    /// <summary>A parameter that is an array of one object.</summary>
    public ServiceArguments WithArrayOf(string name, ServiceArguments element) =>
        Add(name, () => Expression.ListInit(List.NewExpression, Expression.ElementInit(List.Initializers[0].AddMethod, Boxed(element.Body))));

    /// <summary>Arguments for an object inside these.</summary>
    public ServiceArguments Inner() => new(input);

    /// <summary>The members of an anonymous object that a user wrote for further parameters.</summary>
    /// <exception cref="ArgumentException">It is not an anonymous object.</exception>
    public ServiceArguments WithAll(LambdaExpression? further, string parameter)
    {
        if (further is null) return this;
        if (further.Body is not NewExpression { Members: { } names } created) throw new ArgumentException("Write further parameters as an anonymous object: input => new { … }.", parameter);
        for (var i = 0; i < names.Count; i++)
        {
            var value = created.Arguments[i];
            Add(names[i].Name, () => Over(further.Parameters[0], value));
        }

        return this;
    }

    /// <summary>The arguments.</summary>
    public Expression Body => Expression.ListInit(Dictionary.NewExpression, members.Select(static member =>
        Expression.ElementInit(Dictionary.Initializers[0].AddMethod, Expression.Constant(member.Name), Boxed(member.Value()))));

    /// <summary>The payload they are computed from.</summary>
    public ParameterExpression Input => input.Value;

    ServiceArguments Add(string name, Func<Expression> value)
    {
        members.Add((name, value));
        return this;
    }

    static Expression Item(Expression value)
    {
        Expression<Func<object?, object>> toItem = static item => DynamoDb.ToItem(item);
        return Called(toItem, value);
    }

    // The call that a lambda consists of, with another argument.
    static Expression Called(LambdaExpression call, Expression argument) => new ParameterReplacer(call.Parameters[0], Boxed(argument)).Visit(call.Body);

    Expression Over(LambdaExpression lambda) => Over(lambda.Parameters[0], lambda.Body);

    Expression Over(ParameterExpression parameter, Expression value) => new ParameterReplacer(parameter, Input).Visit(value);

    static Expression Boxed(Expression value) => value.Type == typeof(object) ? value : Expression.Convert(value, typeof(object));

    static ListInitExpression Template<T>(Expression<Func<T>> template) => (ListInitExpression)template.Body;

    sealed class ParameterReplacer(ParameterExpression parameter, Expression value) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? value : node;
    }
}
