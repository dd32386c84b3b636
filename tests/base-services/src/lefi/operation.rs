//! LEFI's two operations, told apart by path and method.

use http::Method;

use crate::bad_request::BadRequest;

/// What a request is for, on behalf of which actor.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Operation<'a> {
    /// `hamtaFormansinformation`.
    Question {
        /// `aktorsId`.
        actor: &'a str,
    },
    /// `hamtaTillgangligaInformationstyper`, which also shows that the service is there.
    AvailableTypes {
        /// `aktorsId`.
        actor: &'a str,
    },
}

impl<'a> Operation<'a> {
    /// Reads a method and a path with whatever follows it.
    ///
    /// # Errors
    ///
    /// [`BadRequest::Path`] and [`BadRequest::Method`].
    pub(crate) fn of(method: &Method, target: &'a str) -> Result<Self, BadRequest> {
        let (actor, resource) = target.strip_prefix(ACTORS).and_then(|rest| rest.split_once('/')).ok_or(PATH)?;
        let (operation, expected) = match resource {
            "formansinformation/fraga" => (Self::Question { actor }, Method::POST),
            "tillgangligaInformationstyper" => (Self::AvailableTypes { actor }, Method::GET),
            _ => return Err(PATH),
        };
        if *method == expected {
            return Ok(operation);
        }
        let expected = if expected == Method::POST { "POST" } else { "GET" };
        Err(BadRequest::Method { found: method.to_string(), expected })
    }
}

/// The path of the actors.
const ACTORS: &str = "/lefi-extern-formansinformation/v9/aktorer/";

const PATH: BadRequest = BadRequest::Path { expected: "/lefi-extern-formansinformation/v9/aktorer/…" };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_a_method_and_a_path() {
        let of = |method, rest: &str| {
            let path = format!("{ACTORS}{rest}");
            Operation::of(&method, &path)
                .map(|operation| format!("{operation:?}"))
                .map_err(|refusal| refusal.status().as_u16())
        };
        assert_eq!(of(Method::POST, "a-1/formansinformation/fraga").unwrap(), r#"Question { actor: "a-1" }"#);
        assert_eq!(of(Method::GET, "a-1/tillgangligaInformationstyper").unwrap(), r#"AvailableTypes { actor: "a-1" }"#);
        assert_eq!(of(Method::GET, "a-1/formansinformation/fraga"), Err(405));
        assert_eq!(of(Method::POST, "a-1/tillgangligaInformationstyper"), Err(405));
        for rest in [
            "",
            "a-1",
            "a-1/",
            "a-1/formansinformation/fraga/",
            "a-1/formansinformation/fraga?x=1",
            "a/b/formansinformation/fraga",
        ] {
            assert_eq!(of(Method::POST, rest), Err(404), "{rest}");
        }
        assert_eq!(Operation::of(&Method::POST, "/"), Err(PATH));
    }
}
